"""Readers of procedures, one format each, behind the port ``ProcedureFiles``."""
