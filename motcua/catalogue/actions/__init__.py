"""The verbs of the catalogue: draft, publish, expire an edition; load or draft a batch; name the fields."""

from motcua.catalogue.actions.drafting import draft_batch
from motcua.catalogue.actions.loading import load_batch, load_fields
from motcua.catalogue.actions.publishing import draft, expire, publish, take_effect

__all__ = ["draft", "draft_batch", "expire", "load_batch", "load_fields", "publish", "take_effect"]
