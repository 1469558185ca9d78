"""Thu phí, lệ phí của hồ sơ: which bills a dossier has, and what follows when one is paid.

Verbs: ``charge`` at filing, ``ask_payment`` in the middle of the process, ``confirm_payment`` because of money,
``follow`` when the answers were corrected, ``close_bills`` at the end. The payment itself belongs to `payments`, which
knows a reference and never a dossier. Reads: ``quote``, ``bills_of``, ``refunds_due``. Why it is so:
docs/decisions/0061-charging.md.

Law: Nghị định 118/2025/NĐ-CP Điều 24.
"""
