"""Every move of a dossier: one address for each verb of the machine, one row each in `MOVES`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.base.errors import Invalid
from motcua.base.worktime import local
from motcua.charging import actions as charging
from motcua.corrections import actions as corrections
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import standing_by_code
from motcua.dossiers.states import MACHINE, VERB_LABELS_EN
from motcua.filing.actions import supplement
from motcua.opinions import actions as opinions
from motcua.people.models import Agency
from motcua.people.queries import resolve
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.access import Caller
from motcua.sites.api.describing import operation, signed_in
from motcua.sites.api.problems import Denied
from motcua.sites.api.reading import body
from motcua.sites.api.service import answer
from motcua.sites.api.views.filing import attached

router = signed_in("moves")
LAST_YEAR = 2200  # what no calendar knows anyway
Told = Callable[[Any, Caller], tuple[Any, ...]]


@dataclass(frozen=True)
class Row:
    """A verb: the struct of its body, the action, and what of the body the action is given after the dossier."""

    takes: type[asked.Move]
    act: Callable[..., Standing]
    told: Told = lambda _body, _caller: ()
    named: Callable[[Any], dict[str, Any]] = lambda _body: {}


def until(given: asked.Extend, _caller: Caller) -> tuple[datetime, str]:
    """The new appointment and its reason; a year that no clock can count in is refused like any wrong value."""
    if not 2000 <= given.until.year <= LAST_YEAR:
        raise Invalid("body_invalid", fields={"until": f"2000–{LAST_YEAR}"})
    return given.until, given.reason


def receiver(given: asked.Transfer, caller: Caller) -> tuple[Agency, str]:
    """The agency that is to have the dossier, and why."""
    return resolve(given.agency, on=local(caller.at).date()), given.reason


def question(given: asked.AskOpinion, _caller: Caller) -> tuple[opinions.Question]:
    """The question as the action takes it."""
    return (opinions.Question(given.question, given.opinion, given.agency, given.hours),)


MOVES = {
    "receive": Row(asked.Move, actions.receive),
    "refuse": Row(asked.Reasoned, actions.refuse, lambda b, _c: (b.reason,)),
    "ask_supplement": Row(asked.AskSupplement, actions.ask_supplement, lambda b, _c: (b.papers, b.reason)),
    "supplement": Row(asked.Supplement, supplement, lambda b, c: (attached(b.papers, c),)),
    "assign": Row(asked.Assign, actions.assign, lambda b, _c: (b.officer,)),
    "pass_on": Row(asked.PassOn, actions.pass_on, lambda b, _c: (b.action,), lambda b: {"note": b.note}),
    "correct": Row(asked.Correct, corrections.correct, lambda b, _c: (b.answers, b.reason)),
    "accept_correction": Row(asked.Move, corrections.accept_correction),
    "refuse_correction": Row(asked.Reasoned, corrections.refuse_correction, lambda b, _c: (b.reason,)),
    "choose_return": Row(
        asked.ChooseReturn, corrections.choose_return, lambda b, _c: (b.how,), lambda b: {"address": b.address}
    ),
    "do_task": Row(asked.DoTask, actions.do_task, lambda b, _c: (b.task,)),
    "ask_opinion": Row(asked.AskOpinion, opinions.ask_opinion, question),
    "withdraw_opinion": Row(asked.WithdrawOpinion, opinions.withdraw_opinion, lambda b, _c: (b.opinion, b.reason)),
    "ask_payment": Row(asked.AskPayment, charging.ask_payment, lambda b, _c: (b.amount_vnd, b.reason, b.kind)),
    "extend": Row(asked.Extend, actions.extend, until),
    "decide": Row(asked.Decide, actions.decide, lambda b, _c: (b.granted,), lambda b: {"reason": b.reason}),
    "stop": Row(asked.Reasoned, actions.stop, lambda b, _c: (b.reason,)),
    "withdraw": Row(asked.Reasoned, actions.withdraw, lambda b, _c: (b.reason,)),
    "transfer": Row(asked.Transfer, actions.transfer, receiver),
    "hand_over": Row(asked.HandOver, actions.hand_over, named=lambda b: {"how": b.how}),
    "close": Row(asked.Close, actions.close, named=lambda b: {"note": b.note}),
}


def move(request: HttpRequest, code: str, row: Row) -> HttpResponse:
    """Do one move and tell where the dossier stands now."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    given = body(request, row.takes)
    seen = seen_by(request, given.seen)
    if seen is None and caller.agency:
        raise Denied(428, "seen_missing")
    dossier: UUID = standing_by_code(code).dossier_id
    told = row.told(given, caller)
    standing = row.act(dossier, *told, by=caller.actor, at=caller.at, seen=seen, **row.named(given))
    return answer(showing.position(standing), ETag=f'"{standing.seq}"')


def seen_by(request: HttpRequest, seen: int | None) -> int | None:
    """The ``seq`` that the caller saw: from the body or ``If-Match``. Raises `Invalid` ``body_invalid``."""
    if (header := request.headers.get("If-Match")) is None:
        return seen
    number = header.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10) or seen not in (None, int(number)):
        raise Invalid("body_invalid", fields={"If-Match": header[:40]})
    return int(number)


def _add(verb: str, row: Row) -> None:
    """Give ``verb`` its address, with the words of the machine."""

    def view(request: HttpRequest, code: str) -> HttpResponse:
        return move(request, code, row)

    roles = sorted(set().union(*(each.roles for each in MACHINE if each.verb == verb)) - {"system"})
    view.__name__, view.__doc__ = verb, f"{VERB_LABELS_EN[verb]}. For: {', '.join(roles)}."
    operation(router, "POST", f"/dossiers/{{code}}/{verb}", shapes.Position, takes=row.takes,
              headers=("X-Agency", "If-Match"))(view)  # fmt: skip


for verb, row in MOVES.items():
    _add(verb, row)
