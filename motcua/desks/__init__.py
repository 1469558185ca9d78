"""What officers keep beside the dossiers: saved views, notes, queue tickets, groups, workload.

Nothing here changes a dossier; every change of one is a verb of ``dossiers``.
"""
