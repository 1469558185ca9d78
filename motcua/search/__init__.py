"""Finding the procedure that a question is about.

Nouns: document (what of an edition is searched), lexicon (what people say beside what the law calls it), vocabulary
(the words of the procedures there are), hit. Verb: ``provider(Search).find(text, on=…)``. Law: Decree 61/2018/NĐ-CP and
its successors ask that a person finds a procedure without knowing its name or who is competent for it.

``ports`` what the faces call · ``rules`` pure: how a question is read, weighed and ranked · ``adapters`` the engine on
disk and its index of what is in force. Why this engine: docs/decisions/0020-search-engine.md.
"""
