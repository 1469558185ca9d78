"""Uỷ quyền: one citizen lets another see and act in one matter, for at most a year, until it is revoked.

Noun: *mandate*. Verbs: ``give``, ``revoke``. This part knows references (the stream of a dossier), never a dossier: what
a mandate lets do is said where it is done (``dossiers.actions.moving.must_reach``).
Law: Bộ luật Dân sự 2015 Điều 562 to 569: a mandate lasts as agreed, else a year; either side may end it at any time.
"""
