"""The verbs of the catalogue: draft, publish, expire an edition; load a batch; name the fields."""

from motcua.catalogue.actions.loading import load_batch, load_fields
from motcua.catalogue.actions.publishing import draft, expire, publish, take_effect

__all__ = ["draft", "expire", "load_batch", "load_fields", "publish", "take_effect"]
