"""Hồ sơ nháp: what a person writes before filing. No facts, no officer sees it; filed, it is emptied.

Nouns: draft, draft paper. Verbs: start, save a section, attach, choose where and how to file, discard, file.
"""
