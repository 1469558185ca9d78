"""Changing what was filed: the answers of a running dossier, and how its result comes back.

Nouns: *correction* (a request before it is answered). Verbs: ``correct``, ``accept_correction``, ``refuse_correction``,
``choose_return``; their rows stand in ``dossiers.states.MACHINE``, their facts in the stream of the dossier. The owner
of a dossier follows no correction: it comes from the account or the authorisation, not from the form.
"""
