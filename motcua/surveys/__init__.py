"""Surveys: the once-only report over the whole catalogue, worked out by the worker and kept for the page.

Nouns: a *survey* is one report over the editions in force on a day, with the version of the catalogue it was made from;
its *progress*; its *head* (figures and the first twenty papers) and its *content* (everything). Verbs: ask, take, go on,
finish, give up. What the report says and how is in ``motcua.review``, which is pure; here it gets a place and a date.
"""
