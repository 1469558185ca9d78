"""What the designer calls things: states of an edition, parts of a bench, places of a problem."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Edition
from motcua.catalogue.states import DRAFT, EXPIRED, IN_REVIEW, LABELS, LABELS_EN, PUBLISHED
from motcua.sites.frame.words import Tag, english

TAGS = {
    DRAFT: ("amber", "dot"), IN_REVIEW: ("blue", "clock"), PUBLISHED: ("green", "check"), EXPIRED: ("plain", "folder"),
}  # fmt: skip
# The part of the bench that a problem belongs to, by what its text begins with.
PARTS = {
    "procedure": "head", "name": "head", "in_force": "head", "levels": "head", "subjects": "head", "online": "head",
    "text": "head", "channels": "terms", "papers": "papers", "form": "form", "process": "process", "results": "results",
    "runs": "runs",
}  # fmt: skip
PART_NAMES = {
    "head": _("Thông tin chung"), "terms": _("Thời hạn và phí"), "papers": _("Thành phần hồ sơ"),
    "form": _("Tờ khai"), "process": _("Quy trình"), "results": _("Kết quả"), "runs": _("Kiểm thử"),
}  # fmt: skip


def edition_tag(edition: Edition) -> Tag:
    """The state of an edition as a tag."""
    kind, icon = TAGS[edition.state]
    return Tag((LABELS_EN if english() else LABELS)[edition.state], kind, icon)


def part_of(problem: str) -> str:
    """Which page of the bench mends a problem."""
    start = problem.partition(":")[0].partition(".")[0]
    return PARTS.get(start, "head")


def problems_of(part: str, problems: Iterable[str]) -> list[str]:
    """The problems that one page of the bench mends."""
    return [problem for problem in problems if part_of(problem) == part]
