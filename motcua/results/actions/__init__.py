"""The verbs of a result."""

from motcua.results.actions.giving import give_signature
from motcua.results.actions.issuing import Issue, document, hand_over, issue
from motcua.results.actions.registry import read, replace, resume, revoke, suspend
from motcua.results.actions.signing import Outcome, ask_signature, has_key, look, seal, sign_chosen

__all__ = [
    "Issue", "Outcome", "ask_signature", "document", "give_signature", "hand_over", "has_key", "issue", "look",
    "read", "replace", "resume", "revoke", "seal", "sign_chosen", "suspend",
]  # fmt: skip
