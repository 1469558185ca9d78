"""Asking once: which papers that a procedure asks for are what the State itself has issued or keeps in a register.

Nouns: a *document* that a text names, a *match* between a paper and a result with its quality, a *register*, the report.
Pure: it reads definitions and writes nothing. Behind it stands Nghị định số 118/2025/NĐ-CP: an office does not ask a
person again for what a database of the State holds. ``docs/once-only.md`` tells how the figures are made.
"""
