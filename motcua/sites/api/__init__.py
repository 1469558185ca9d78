"""``/api/v1``: the catalogue, filing and every move of a dossier, for programs; the same actions as the pages.

``service`` the API and what is said when something is refused · ``reading`` JSON and queries, read strictly ·
``access`` who asks: tokens, sessions, posts · ``shapes`` what comes in and goes out · ``showing`` our rows in those
shapes · ``describing`` the OpenAPI document · ``views`` the addresses. How to use it: docs/api.md.
"""
