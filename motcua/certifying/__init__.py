"""Chứng thực bản sao từ bản chính: electronic copies of paper originals, compared, numbered and registered.

Noun: *certified copy*. Verb: ``certify``.

Law: Nghị định 23/2015/NĐ-CP; Nghị định 45/2020/NĐ-CP Điều 10.
"""
