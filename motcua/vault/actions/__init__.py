"""Every write to the vault."""

from motcua.vault.actions.asking import ask_registers, confirm, fetch
from motcua.vault.actions.looking import look, shared_with
from motcua.vault.actions.sharing import Sharing, revoke, share

__all__ = ["Sharing", "ask_registers", "confirm", "fetch", "look", "revoke", "share", "shared_with"]
