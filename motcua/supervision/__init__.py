"""Theo dõi thời gian: what happens by itself when a dossier waits too long, at a step or for its filer.

Verb: ``time_out``, by the system alone. Law: the timeouts of an edition; a supplement that does not come within 15
working days closes the dossier.
"""
