"""Every write of what a person prepares: drafts, answers, corrections, and what the State has already."""

from motcua.drafts.actions.answers import answering, attach_answer, detach_answer, send_answer
from motcua.drafts.actions.corrections import correcting, discard_correction, save_correction, send_correction
from motcua.drafts.actions.reusing import reuse, reuse_answer
from motcua.drafts.actions.writing import (
    MAX_DRAFTS,
    MAX_FILES,
    attach,
    detach,
    discard_draft,
    file_draft,
    save_section,
    set_filing,
    start_draft,
)

__all__ = [
    "MAX_DRAFTS",
    "MAX_FILES",
    "answering",
    "attach",
    "attach_answer",
    "correcting",
    "detach",
    "detach_answer",
    "discard_correction",
    "discard_draft",
    "file_draft",
    "reuse",
    "reuse_answer",
    "save_correction",
    "save_section",
    "send_answer",
    "send_correction",
    "set_filing",
    "start_draft",
]
