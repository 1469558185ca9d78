"""The officers' desk, below ``/can-bo/``: one list over all procedures, the dossier with its moves, the counter.

``asking`` who sits here and at which post · ``words`` what things are called · ``timeline`` what happened ·
``moves`` one row a verb: address, form, action · ``intake`` a filing at the counter · ``views`` load, act, answer.
"""
