"""Designing an edition: its form, its process and its words, changed one small verb at a time. Pure.

Nouns: definition, change, difference. Verbs: change a form, change a process, tell the differences in words, write to a
file and read it back.
"""
