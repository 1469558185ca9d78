"""Phí, lệ phí: what an edition says about what is asked, and how much that is in one case. Pure.

Nouns: *fee* (what the edition says), *line* (what is asked of one person). Verb: ``lines_for``.

Law: Luật Phí và lệ phí 97/2015/QH13.
"""
