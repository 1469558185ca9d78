"""Sắp xếp đơn vị hành chính: agencies merge, split and get new names at a moment, with officers and open dossiers.

Nouns: plan. Verbs: plan, carry out, undo. Old codes keep resolving and clocks keep running.
"""
