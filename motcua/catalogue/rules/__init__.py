"""Pure rules of the catalogue: what may be published and filed (``editions``), which process is sound (``processes``),
what a load has to tell (``reports``)."""

from motcua.catalogue.rules.editions import (
    can_be_filed,
    changed_fields,
    content_hash,
    default_form,
    draft_problems,
    filing_obstacle,
    guard_holds,
    publish_problems,
    term_of,
)
from motcua.catalogue.rules.processes import exits, process_problems, total_hours
from motcua.catalogue.rules.reports import Report

__all__ = [
    "Report",
    "can_be_filed",
    "changed_fields",
    "content_hash",
    "default_form",
    "draft_problems",
    "exits",
    "filing_obstacle",
    "guard_holds",
    "process_problems",
    "publish_problems",
    "term_of",
    "total_hours",
]
