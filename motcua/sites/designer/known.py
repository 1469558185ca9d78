"""Where the State has a paper: whether what an administrator typed names anything that exists."""

from django.contrib import messages
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as now_

from motcua.base.errors import Invalid
from motcua.catalogue.definition import Definition
from motcua.catalogue.models import Edition
from motcua.catalogue.states import PUBLISHED
from motcua.review.registers import REGISTERS
from motcua.vault.rules import FROM_REGISTER, FROM_RESULTS

MOST = 20  # places that are looked up


def unknown_places(known_from: str) -> list[str]:
    """The places that no published procedure gives and no register is called. At most `MOST` queries, one a code."""
    places = known_from.split()[:MOST]
    registers = {f"{FROM_REGISTER}{each.code}" for each in REGISTERS}
    return [place for place in places if place != FROM_RESULTS and place not in registers and not _given(place)]


def must_be_known(definition: Definition) -> None:
    """Raises `Invalid` ``paper_place_unknown`` for what an edition that goes to review names and nobody gives; its own
    results count as given."""
    own = {result.code for result in definition.results}
    unknown = [place for paper in definition.papers for place in unknown_places(paper.known_from) if place not in own]
    if unknown:
        raise Invalid("paper_place_unknown", places=", ".join(dict.fromkeys(unknown)))


def warn(request: HttpRequest, known_from: str) -> None:
    """Say so on the next page; the edition is saved all the same, since a code may be published later."""
    if unknown := unknown_places(known_from):
        told = now_(
            "Chưa có thủ tục nào đang công bố cho kết quả mang mã, và chưa có cơ sở dữ liệu mang tên: %(places)s."
        )
        messages.warning(request, told % {"places": ", ".join(unknown)})


def _given(code: str) -> bool:
    if code.startswith(FROM_REGISTER):
        return False
    published = Edition.objects.filter(state=PUBLISHED).annotate(text=Cast("definition", TextField()))
    found = published.filter(text__contains=f'"{code}"').values_list("definition", flat=True)
    return any(result.get("code") == code for each in found.iterator() for result in each.get("results", []))
