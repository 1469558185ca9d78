"""motcua (một cửa, "one door"): a platform for a country's public services.

Start at ``docs/map.md``; then ``wiring.py`` (what causes what) and ``dossiers/states.py`` (the life of a dossier).
"""
