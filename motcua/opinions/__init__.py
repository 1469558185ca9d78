"""Ý kiến phối hợp: what the agency of a dossier asks another one, due on a clock of its own, and the answer.

Nouns: opinion. Verbs: ``ask_opinion``, ``answer_opinion``, ``withdraw_opinion``; their rows stand in
``dossiers.states.MACHINE``, their facts in the stream of the dossier, whose standing counts what is open. The clock of
the dossier goes on meanwhile; who is asked and does not answer in time bears the delay.
Law: Nghị định 118/2025/NĐ-CP and Thông tư 03/2025/TT-VPCP Điều 5.
"""
