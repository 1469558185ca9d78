"""Bills at the desk: what an officer sees of each, what may be done about it, and the verbs with their words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.dossiers.models import Standing
from motcua.payments import actions, outside, queries
from motcua.payments.models import Attempt, Bill
from motcua.payments.states import ATTEMPTS, BILLS, BY_HAND, LEADS, ON_ITS_WAY
from motcua.people.queries import heirs
from motcua.sites.desk.asking import uuid_of
from motcua.sites.frame.paying import attempt_words, bill_tag, lines_of, purpose, way
from motcua.sites.frame.words import Tag


@dataclass(frozen=True)
class Try:
    """One attempt as the panel shows it; ``may``: what may be done about it."""

    tried: Attempt
    may: frozenset[str]

    @property
    def way(self) -> str:
        return way(self.tried.provider)

    @property
    def words(self) -> str:
        return attempt_words(self.tried)


@dataclass(frozen=True)
class Row:
    """One bill as the panel shows it; ``may``: the verbs open to the officer now."""

    bill: Bill
    tries: list[Try]
    may: frozenset[str]
    waits: bool

    @property
    def title(self) -> str:
        return purpose(self.bill.purpose)

    @property
    def tag(self) -> Tag:
        return bill_tag(self.bill)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return lines_of(self.bill)


def rows_of(standing: Standing, by: Actor) -> list[Row]:
    """The bills of a dossier with what the officer may do. Two queries."""
    tries = queries.tries_of(standing.dossier.stream)
    return [_row(each, tries.get(each.id, []), by) for each in queries.bills_of(standing.dossier.stream)]


def _row(bill: Bill, tries: list[Attempt], by: Actor) -> Row:
    here = any(str(each.id) == by.agency for each in heirs(bill.agency))
    may = frozenset(row.verb for row in BILLS.open_to(bill.state, by.roles)) if here else frozenset()
    waits = any(each.state in ON_ITS_WAY for each in tries)
    held = {"take", "waive", "cancel"} if waits else set[str]()
    if bill.purpose == "advance" and not by.roles & LEADS:
        held |= {"cancel"}
    return Row(bill, [Try(each, _may(each, by) if here else frozenset()) for each in tries], may - held, waits)


def _may(tried: Attempt, by: Actor) -> frozenset[str]:
    open_now = {row.verb for row in ATTEMPTS.open_to(tried.state, by.roles)}
    learn = {"learn"} if tried.state in ON_ITS_WAY else set()
    return frozenset((open_now - ({"refunded"} if tried.provider not in BY_HAND else set())) | learn)


@dataclass(frozen=True)
class Verb:
    """What a button does with a bill and what was posted, and what is said when it is done."""

    done: Any
    act: Callable[[Bill, QueryDict, Actor, datetime], Any]


def verb_at(slug: str) -> Verb:
    """The verb of an address. Raises `NotFound` ``not_found``."""
    if slug not in VERBS:
        raise NotFound("not_found")
    return VERBS[slug]


def _tried(bill: Bill, given: QueryDict) -> UUID:
    """The attempt that was named, if it is one of this bill. Raises `NotFound` ``attempt_unknown``."""
    tried = queries.attempt(uuid_of(given.get("lan", "")))
    if tried.bill_id != bill.id:
        raise NotFound("attempt_unknown")
    return tried.id


def text(given: QueryDict, name: str) -> str:
    """What was typed, as it may be kept."""
    return given.get(name, "").replace("\x00", "").strip()[:500]


VERBS = {
    "tien-mat": Verb(_("Đã thu tiền mặt."), lambda bill, _given, by, at: actions.take(bill.id, "cash", by=by, at=at)),
    "the": Verb(
        _("Đã thu bằng thẻ."),
        lambda bill, given, by, at: actions.take(bill.id, "card", text(given, "so"), by=by, at=at),
    ),
    "mien": Verb(
        _("Đã miễn khoản này."),
        lambda bill, given, by, at: actions.waive(bill.id, text(given, "ly-do"), by=by, at=at),
    ),
    "huy": Verb(
        _("Đã huỷ yêu cầu nộp tiền."),
        lambda bill, given, by, at: actions.cancel(bill.id, text(given, "ly-do"), by=by, at=at),
    ),
    "hoan": Verb(
        _("Đã quyết định hoàn trả."),
        lambda bill, given, by, at: actions.ask_refund(_tried(bill, given), text(given, "ly-do"), by=by, at=at),
    ),
    "da-hoan": Verb(
        _("Đã ghi nhận hoàn trả."),
        lambda bill, given, by, at: actions.refunded(_tried(bill, given), text(given, "so"), by=by, at=at),
    ),
    "bo": Verb(
        _("Đã bỏ lần nộp trực tuyến; có thể thu tại quầy."),
        lambda bill, given, by, at: outside.leave(_tried(bill, given), by=by, at=at),
    ),
    "khong-thanh": Verb(
        _("Đã ghi nhận lần nộp không thành công; tiền nếu vẫn đến sẽ được ghi nhận."),
        lambda bill, given, by, at: actions.give_up(_tried(bill, given), text(given, "ly-do"), by=by, at=at),
    ),
    "hoi": Verb(_("Đã hỏi lại ngân hàng."), lambda bill, given, _by, at: outside.learn(_tried(bill, given), at=at)),
}
