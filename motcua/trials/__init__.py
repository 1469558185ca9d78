"""Made-up dossiers at volume, for trials: never on a node that holds real ones.

``made_up`` invents whole lives from a seed; ``actions`` writes them through COPY, facts and chain and all.
"""
