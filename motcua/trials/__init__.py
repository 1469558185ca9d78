"""Lives of dossiers for trials: made-up ones at volume, never on a node that holds real ones, and recorded ones.

``made_up`` invents whole lives from a seed; ``actions`` writes them through COPY, facts and chain and all.
``recorded`` reads the way of a real, finished dossier from its facts: a test for the editions to come.
"""
