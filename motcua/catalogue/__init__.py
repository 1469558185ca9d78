"""Thủ tục hành chính: procedures and their editions, papers, fees, forms and process steps.

Nouns: `Procedure` (a code that never changes its meaning), `Edition` (what the law says from one day on, frozen once
published), `Field` (lĩnh vực). Verbs: publish, expire, load. The edition is one value (`definition.Definition`), and
the page, the form, the process, the fee and the deadline are all made from it.

Law: Nghị định 63/2010/NĐ-CP (control of procedures, what a published procedure must say), Nghị định 42/2022/NĐ-CP
Article 11 (levels of online service), Nghị định 118/2025/NĐ-CP (one-stop).
"""
