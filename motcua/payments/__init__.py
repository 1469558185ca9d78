"""Payments: phí, lệ phí of a dossier as bills, and money that counts only when it is proven.

Nouns: bill (what is owed for a *reference*; never a dossier), line, attempt (one try at one provider), entry (one
side of a double entry), refused confirmation, till, reconciliation, council fee. Verbs: make_bill, waive,
cancel, ask, confirm, take, close_till, ask_refund. Every transaction balances: a trigger of the database holds it.

Law: Luật Phí và lệ phí 97/2015/QH13; Nghị định 118/2025/NĐ-CP Điều 24 (payment in one-stop settlement).
"""
