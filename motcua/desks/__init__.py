"""What officers keep beside the dossiers: saved views, notes, queue tickets, groups, workload; and many files at once.

Every change of a dossier is a verb of ``dossiers`` or ``filing``: `actions.bulk` and `actions.sheets` loop
over them.
"""
