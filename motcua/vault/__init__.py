"""Kho dữ liệu: what the State has given to a person or an organisation, in their own hands.

Nouns: *item* (a result, an accepted paper, a certified copy, with its source and how far it can be trusted), *share*
(one item, one receiver, until a day). Verbs: ``keep``, ``share``, ``revoke``; each look is a fact its owner sees.

Law: Nghị định 118/2025/NĐ-CP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.
"""
