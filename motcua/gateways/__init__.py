"""Gateways: who moves money, one file each behind `payments.ports.Provider`.

``adapters``: the sandbox bank, the national payment platform 1.0.6, PayGov and VietQR transfers. ``sealing``: how the
sandbox bank seals what it says. Which of them an agency has a contract with is written in the file of
``MOTCUA_PROVIDERS``; the wiring reads it. What is assumed of their messages: docs/decisions/0060-payments.md.
"""
