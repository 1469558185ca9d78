"""What the State has already, as the pages of a draft and of an answer offer it: one tap instead of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as now_

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.wires import provider
from motcua.catalogue.definition import Definition
from motcua.review.registers import REGISTERS
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.refusals import said
from motcua.sites.frame.reused import offer_words
from motcua.sites.frame.words import language
from motcua.sites.portal.asking import uuid_of
from motcua.sites.portal.uploading import PREFIX
from motcua.vault import actions as vault
from motcua.vault.ports import Registers
from motcua.vault.rules import Offer, registers_named

REUSE, ASK = "_reuse", "_ask"
Offers = Mapping[str, Sequence[Offer]]


@dataclass(frozen=True)
class Row:
    """One paper on the page: its box, what is attached, what the State has instead; ``register`` can be asked."""

    view: FieldView
    files: list[Any]
    offers: list[tuple[str, str, str]]  # what the button posts, the paper in words, how sure it is
    register: str = ""

    @property
    def code(self) -> str:
        """The code of the paper."""
        return self.view.name.removeprefix(PREFIX)

    @property
    def reused(self) -> bool:
        """Whether what is attached came from the State."""
        return any(each.source for each in self.files)


def rows_of(
    definition: Definition, views: Sequence[FieldView], kept: Sequence[Any], offers: Offers, open_: bool
) -> list[Row]:
    """A row for each box, what the State has first. ``open_``: whether the vault may be used here at all (one's own
    matter)."""
    known = {paper.code: paper for paper in definition.papers if paper.known_from}
    connected = provider(Registers)
    rows = []
    for view in views:
        code = view.name.removeprefix(PREFIX)
        files = [each for each in kept if each.paper == code]
        here = [(f"{code}:{each.item}", offer_words(each), each.trust) for each in offers.get(code, ())]
        asked = registers_named((known[code],)) if code in known else set()
        register = next(iter(sorted(asked & set(connected))), "") if open_ and not here and not files else ""
        note = _note(register) if open_ and code in known and not here and not files else ""
        if note:
            view = replace(view, hint=f"{view.hint}. {note}" if view.hint else note)
        rows.append(Row(view, files, here, register))
    return sorted(rows, key=lambda row: not (row.offers or row.reused))


def _note(register: str) -> str:
    if register:
        told = now_("%(name)s có thể đã có giấy này: bấm “Hỏi giúp tôi”, hoặc đính kèm tệp.")
        return told % {"name": register_name(register)}
    return now_("Kho dữ liệu của bạn chưa có giấy này: hãy đính kèm ảnh chụp hoặc bản quét.")


def register_name(code: str) -> str:
    """What a register is called."""
    found = next((each for each in REGISTERS if each.code == code), None)
    if found is None:
        return now_("Cơ sở dữ liệu %(code)s") % {"code": code}
    return found.name_en if language() == "en" else found.name


def use(
    request: HttpRequest, offers: Offers, keep: Callable[[str, UUID], Any], *, by: Actor, at: datetime
) -> dict[str, str]:
    """Give what was chosen to ``keep``, when a button was pressed; returns why not, by paper.

    Effects: fetches the file from the register that has it. Raises `NotFound` ``not_found`` for nonsense.
    """
    if REUSE not in request.POST:
        return {}
    paper, _, text = request.POST[REUSE].partition(":")
    item = uuid_of(text)
    try:
        if item in {each.item for each in offers.get(paper, ())}:  # whatever else is sent is refused by the action
            vault.fetch(item, by=by, at=at)
        keep(paper, item)
    except Refused as no:
        words = said(no)
        return {paper: f"{words.what} {words.do}"}
    return {}


def place(request: HttpRequest) -> str:
    """Where on the page the paper stands that was just chosen."""
    paper = request.POST.get(REUSE, "").partition(":")[0]
    return f"#giay-{quote(paper)}" if paper else ""


def ask(request: HttpRequest, definition: Definition, whose: UUID | None, *, by: Actor, at: datetime) -> None:
    """Ask the registers that the edition names about whose vault it is; the next page says how it went."""
    if whose is None:
        return
    failed = vault.ask_registers(whose, definition, by=by, at=at)
    if not failed:
        messages.info(request, now_("Đã hỏi. Giấy tìm được hiện ở đúng mục của nó; không thấy thì hãy đính kèm tệp."))
        return
    names = ", ".join(map(register_name, failed))
    told = now_("%(names)s chưa trả lời. Bạn vẫn nộp được: hãy đính kèm tệp.") % {"names": names}
    messages.warning(request, told)
