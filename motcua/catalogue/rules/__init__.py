"""Pure rules of the catalogue: what may be published and filed (``editions``), which process is sound (``processes``),
which ways lead through it (``paths``), what a load has to tell (``reports``)."""

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
from motcua.catalogue.rules.paths import Path, arrows, never_taken, paths
from motcua.catalogue.rules.processes import exits, process_problems, total_hours
from motcua.catalogue.rules.reports import Report

__all__ = [
    "Path",
    "Report",
    "arrows",
    "can_be_filed",
    "changed_fields",
    "content_hash",
    "default_form",
    "draft_problems",
    "exits",
    "filing_obstacle",
    "guard_holds",
    "never_taken",
    "paths",
    "process_problems",
    "publish_problems",
    "term_of",
    "total_hours",
]
