"""The verbs of the catalogue: draft, publish, expire an edition; design one in steps; load a batch; record runs."""

from motcua.catalogue.actions.designing import begin, discard, revise, send, send_back
from motcua.catalogue.actions.drafting import draft_batch
from motcua.catalogue.actions.loading import load_batch, load_fields
from motcua.catalogue.actions.publishing import draft, expire, publish, take_effect
from motcua.catalogue.actions.recording import record_run, retire_run

__all__ = [
    "begin", "discard", "draft", "draft_batch", "expire", "load_batch", "load_fields", "publish", "record_run",
    "retire_run", "revise", "send", "send_back", "take_effect",
]  # fmt: skip
