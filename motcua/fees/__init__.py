"""Phí, lệ phí: what an edition says about what is asked, and how much that is in one case. Pure.

Nouns: *fee* (what the edition says), *line* (what is asked of one person), *quote* (the lines of one case, and what is
not known of them). Verbs: ``quote``, ``problems``. Conditions are CEL over the answers of the form.

Law: Luật Phí và lệ phí 97/2015/QH13; when it is paid: Nghị định 118/2025/NĐ-CP.
"""
