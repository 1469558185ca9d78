"""Nộp hồ sơ: one statement numbers, chains and writes everything of a filing, or nothing.

Verb: ``submit``. It makes a dossier with its standing, papers and first facts; after that the dossier has its own verbs.
Law: Nghị định 118/2025/NĐ-CP Điều 17; the code of a dossier by Thông tư 03/2025/TT-VPCP Điều 13.
"""
