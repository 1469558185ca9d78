"""Hồ sơ: the life of one dossier, from its filing to the result in the citizen's hand.

Nouns: *dossier* (what was filed), *standing* (where it is now: agency, state, step, due date), *supplement*,
*extension* (each a record of its own step).
Verbs: ``actions/`` has one function for each row of ``states.MACHINE``. Every verb locks the standing, checks the row,
the role, the agency and what the actor has seen, writes, and records one fact in stream ``dossier:<id>``.

Law: Nghị định 118/2025/NĐ-CP (one-stop desk), Thông tư 03/2025/TT-VPCP (forms 01 to 07, codes).
"""
