"""Finding a procedure for a question: pure, no index engine and no database.

``words`` how Vietnamese is read (marked, folded, abbreviated, mistyped) · ``documents`` what of an edition is searched ·
``question`` which terms a question asks for and how much each counts · ``ranking`` the order of the candidates. The
engine that brings the candidates stands in ``adapters/tantivy_index.py``; the choice is decision "search engine".
"""
