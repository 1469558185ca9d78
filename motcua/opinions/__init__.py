"""Ý kiến phối hợp: what an agency asks another one about a case, due on a clock of its own, and the answer.

Nouns: opinion. Verbs: ask, answer, withdraw. It knows a reference, never a dossier.
Law: Nghị định 118/2025/NĐ-CP and Thông tư 03/2025/TT-VPCP Điều 5: who is asked answers in writing within the time given.
"""
