"""Kho kết quả: what was decided, as numbered documents that anyone can verify.

Nouns: *result* (numbered, for a holder, from an agency), its *document* (a PDF kept by its hash).
Verbs: ``issue`` at the decision, ``document`` when the PDF was made, ``hand_over`` to the holder.
A result knows the reference it answers (``"dossier:<id>"``) and nothing about dossiers.

Law: Nghị định 118/2025/NĐ-CP Điều 22; Nghị định 30/2020/NĐ-CP (numbers and form of documents).
"""
