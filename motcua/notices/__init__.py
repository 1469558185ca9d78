"""What we tell people: notices in the inbox of a citizen, each about one fact.

Nouns: *notice*, *follow*. Verbs: ``tell`` (kept once per fact and person), ``mark_read``, ``follow``, ``unfollow``.
What is told about a dossier stands as a table in ``telling.words``; this part knows recipients, words and a place to
look, never a dossier.
"""
