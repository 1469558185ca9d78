"""Quy trình nội bộ: the steps a dossier goes through, checked before anybody is bound by them. Pure.

Nouns: step, exit, arrow, path. Verbs: check (``checking``), walk every way through (``paths``).
Law: Thông tư 01/2018/TT-VPCP, Nghị định 118/2025/NĐ-CP: the internal process is approved per procedure, with hours per
step that add up to the time the law gives.
"""
