"""Pure rules of the catalogue: what may be published and filed (``editions``), what a load has to tell (``reports``)."""

from motcua.catalogue.rules.editions import (
    broken_runs,
    can_be_filed,
    changed_fields,
    content_hash,
    cut_off_of,
    default_form,
    draft_problems,
    filing_obstacle,
    form_of,
    process_problems,
    publish_problems,
    same,
    storage_problems,
    term_of,
)
from motcua.catalogue.rules.reports import Report

__all__ = [
    "Report",
    "broken_runs",
    "can_be_filed",
    "changed_fields",
    "content_hash",
    "cut_off_of",
    "default_form",
    "draft_problems",
    "filing_obstacle",
    "form_of",
    "process_problems",
    "publish_problems",
    "same",
    "storage_problems",
    "term_of",
]
