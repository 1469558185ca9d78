"""Ký số: signatures of PDF files (PAdES), and what a signed file proves to a stranger.

Nouns: *key* (a private key behind a port, with its certificate), *trust* (which roots, time-stamps and revocation lists
count), *report* (what was checked about a file, signature by signature). Verbs: ``sign``, ``verify``.
The part knows files and certificates, and nothing of dossiers or results.

Law: Luật Giao dịch điện tử 20/2023/QH15; ETSI EN 319 142 (PAdES).
"""
