"""Every write to the vault."""

from motcua.vault.actions.asking import ask_registers, fetch
from motcua.vault.actions.looking import look, shared_with
from motcua.vault.actions.sharing import Sharing, revoke, share

__all__ = ["Sharing", "ask_registers", "fetch", "look", "revoke", "share", "shared_with"]
