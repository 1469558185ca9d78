"""The floor: what every part stands on and nothing of any one of them.

Pure (no Django): ``errors`` reasons for saying no · ``actor`` who does it · ``machine`` state machines as tables ·
``worktime`` the legal calendar and clock · ``money`` đồng · ``text`` Vietnamese folding · ``ids`` time-ordered ids.
On the database: ``ledger`` the append-only facts · ``cursors`` subscribers that read them · ``numbering`` codes of
dossiers · ``files`` content-addressed storage · ``calendars`` the stored calendar · ``database`` the embedded server.
"""
