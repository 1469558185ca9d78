"""Hồ sơ nháp: what a person writes before filing. No facts, no officer sees it; filed, it is emptied.

A correction of a filed dossier and the answer to a request of the agency are written here too, until they are sent.
Nouns: draft, draft paper, answer paper, correcting. Verbs: start, save a section, attach, choose where and how to file,
discard, file; attach to an answer, send it; save and send a correction.
"""
