"""Thu phí, lệ phí của hồ sơ: which bills a dossier has, and what follows when one is paid.

Verbs: ``charge`` at filing, ``demand`` in the middle of the process. The payment itself belongs to
`payments`, which knows a reference and never a dossier.

Law: Nghị định 118/2025/NĐ-CP Điều 24.
"""
