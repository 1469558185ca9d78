"""Chứng thực bản sao từ bản chính: electronic copies of paper originals, compared, numbered and registered.

Noun: *copy* (the scan of one original, on its way to being certified, and its line in the register book).
Verbs: ``take`` it in at the counter, ``compare`` it with the original, ``certify`` it (number and result), ``refuse``
it for a ground of the law, ``cancel``, ``hand_over``.
Its reference is ``"copy:<id>"``: the bill for it and the result that it becomes carry that.

Law: Nghị định 23/2015/NĐ-CP Điều 18 to 22 (as amended by 280/2025/NĐ-CP); Nghị định 45/2020/NĐ-CP Điều 10; Thông tư
226/2016/TT-BTC Điều 4 (what it costs).
"""
