"""One row for every verb an officer may use: its address, its form, its action. Pages and posts read the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base import files
from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import instant, local
from motcua.catalogue.queries import plan
from motcua.charging import actions as charging
from motcua.deadlines.queries import calendar_for
from motcua.diagrams import words
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import Offered
from motcua.dossiers.rules import Attached, check_extension, step_of, step_that
from motcua.dossiers.states import MACHINE, VERB_LABELS_EN, State
from motcua.filing.actions import supplement
from motcua.people.queries import colleagues, resolve
from motcua.sites.desk import forms, reusing
from motcua.sites.desk.asking import Desk
from motcua.sites.frame.refusals import Said, said
from motcua.sites.frame.words import language, step_name

OTHER = "khac"
AFTERNOON_ENDS = 17 * 60
NEXT = {"receive", "decide", "pass_on", "supplement", "hand_over", "close"}
Act = Callable[..., Any]
Had = dict[str, forms.Choices]


@dataclass(frozen=True)
class Verb:
    """``slug`` is its address, ``done`` what the banner says, ``act`` takes the standing, the form and by, at, seen."""

    slug: str
    verb: str
    form: type[forms.MoveForm]
    done: Any
    act: Act


@dataclass(frozen=True)
class Offer:
    """A move as the page shows it: a form when it is open, else the reason why not."""

    verb: Verb
    label: str
    form: forms.MoveForm | None
    refusal: Said | None
    next: bool = False  # what usually comes next: the page opens it and gives it the red button


def _supplement(standing: Standing, given: dict[str, Any], **who: Any) -> Any:
    brought = {name.removeprefix("tep_"): file for name, file in given.items() if name.startswith("tep_") and file}
    had = {name.removeprefix("kho_"): item for name, item in given.items() if name.startswith("kho_") and item}
    chosen = {code: UUID(item) for code, item in had.items() if code not in brought}  # what was brought goes first
    kept = reusing.taken(standing, chosen, by=who["by"], at=who["at"]) + [
        Attached(code, files.store(file.chunks(), at=who["at"]).sha256, (file.name or "").replace("\x00", "")[-120:])
        for code, file in brought.items()
    ]
    return supplement(standing.dossier_id, kept, **who)


def _extend(standing: Standing, given: dict[str, Any], **who: Any) -> Any:
    until = closing(standing.agency.code, given["until"])
    return actions.extend(standing.dossier_id, until, given["reason"], **who)


def closing(agency_code: str, day: date) -> datetime:
    """The moment a promise for ``day`` is due: when the office closes; on a day off, which the action refuses, 17:00."""
    office = calendar_for(agency_code)
    return office.closing(day) if office.day(day).working else instant(day, AFTERNOON_ENDS)


def _decide(standing: Standing, given: dict[str, Any], **who: Any) -> Any:
    return actions.decide(standing.dossier_id, given["outcome"] == "grant", reason=given["reason"], **who)


def _transfer(standing: Standing, given: dict[str, Any], **who: Any) -> Any:
    to = resolve(given["agency"], on=local(who["at"]).date())
    return actions.transfer(standing.dossier_id, to, given["reason"], **who)


VERBS = (
    Verb("tiep-nhan", "receive", forms.MoveForm, _("Đã tiếp nhận hồ sơ."),
         lambda its, _given, **who: actions.receive(its.dossier_id, **who)),
    Verb("tu-choi", "refuse", forms.Why, _("Đã từ chối tiếp nhận hồ sơ."),
         lambda its, given, **who: actions.refuse(its.dossier_id, given["reason"], **who)),
    Verb("quyet-dinh", "decide", forms.Decide, _("Đã quyết định. Kết quả đang được tạo."), _decide),
    Verb("chuyen", "pass_on", forms.PassOn, _("Đã chuyển bước."),
         lambda its, given, **who: actions.pass_on(its.dossier_id, given["action"], note=given["note"], **who)),
    Verb("nop-bo-sung", "supplement", forms.Supplement, _("Đã nhận phần bổ sung."), _supplement),
    Verb("tra-ket-qua", "hand_over", forms.HandOver, _("Đã trả kết quả."),
         lambda its, given, **who: actions.hand_over(its.dossier_id, how=given["how"], **who)),
    Verb("dong", "close", forms.Note, _("Đã đóng hồ sơ."),
         lambda its, given, **who: actions.close(its.dossier_id, note=given["note"], **who)),
    Verb("phan-cong", "assign", forms.Assign, _("Đã phân công."),
         lambda its, given, **who: actions.assign(its.dossier_id, given["officer"], **who)),
    Verb("bo-sung", "ask_supplement", forms.AskSupplement, _("Đã yêu cầu bổ sung. Thời hạn tạm dừng tính."),
         lambda its, given, **who: actions.ask_supplement(its.dossier_id, given["papers"], given["reason"], **who)),
    Verb("thu-phi", "ask_payment", forms.AskPayment, _("Đã yêu cầu nộp phí, lệ phí."),
         lambda its, given, **who: charging.ask_payment(its.dossier_id, given["amount_vnd"], given["reason"], **who)),
    Verb("gia-han", "extend", forms.Extend, _("Đã xin lỗi và hẹn lại ngày trả."), _extend),
    Verb("chuyen-co-quan", "transfer", forms.Transfer, _("Đã chuyển hồ sơ sang cơ quan khác."), _transfer),
    Verb("dung", "stop", forms.Why, _("Đã dừng xử lý hồ sơ."),
         lambda its, given, **who: actions.stop(its.dossier_id, given["reason"], **who)),
)  # fmt: skip


def verb_at(slug: str) -> Verb:
    """The row at an address. Raises `NotFound` ``not_found``."""
    found = next((row for row in VERBS if row.slug == slug), None)
    if found is None:
        raise NotFound("not_found")
    return found


def offers_of(standing: Standing, desk: Desk, had: Had | None = None) -> forms.Offers:
    """What the forms let choose from; ``had`` is what was looked up in the filer's vault.

    Two queries: the colleagues, and the open request while we wait for papers.
    """
    definition = plan(standing.dossier.edition_id).definition
    names = [(paper.code, paper.name) for paper in definition.papers]
    on = local(desk.at).date()
    held = colleagues(desk.agency, role=standing.role, on=on) if standing.role else []
    return forms.Offers(
        papers=names,
        wanted=_wanted(standing, dict(names)),
        colleagues=[(str(each.id), each.full_name) for each in held],
        exits=exits_of(standing),
        return_by=standing.dossier.return_by,
        had=had or {},
    )


def _wanted(standing: Standing, names: dict[str, str]) -> list[tuple[str, str]]:
    if standing.state not in {State.RETURNED, State.SUPPLEMENTING}:
        return []
    asked = queries.open_supplement(standing.dossier)
    codes = asked.papers if asked else []
    return [*((code, names.get(code, code)) for code in codes), (OTHER, now_("Giấy tờ khác"))]


def exits_of(standing: Standing) -> list[tuple[str, str]]:
    """The exits of the step as choices: what is done, and to which step it leads."""
    exits = queries.exits(standing)
    if not exits:
        return []
    definition = plan(standing.dossier.edition_id).definition
    here = step_of(definition, standing.step)
    decides = here.does == "decide"
    found = []
    for action, to in exits.items():
        if to in {"supplement", "end"} or (decides and action != "return"):
            continue
        step = step_that(definition, "decide") if to == "decide_refusal" else step_of(definition, to)
        found.append((action, f"{words.action(here, action, language())}: {step_name(step)}"))
    return found


def offered(
    standing: Standing, desk: Desk, tried: tuple[Verb, forms.MoveForm] | None = None, had: Had | None = None
) -> list[Offer]:
    """The moves of this dossier for this officer, open ones first.

    ``tried`` is the form that was just refused: it stands first, with what was typed, even if its move is closed now.
    """
    rows = {each.row.verb: each for each in queries.offered(standing, desk.by) if each.row.roles != {"citizen"}}
    choices = offers_of(standing, desk, had)
    if standing.state == State.DECIDED and not choices.exits:  # the last step: there is nowhere to pass it on to
        rows.pop("pass_on", None)
    found = [
        _offer(verb, refusal_of(rows[verb.verb], standing, desk), choices) for verb in VERBS if verb.verb in rows
    ]
    if tried:
        kept = Offer(tried[0], move_label(tried[0].verb), tried[1], None, True)
        found = [kept, *(offer for offer in found if offer.verb != tried[0])]
    return sorted(found, key=lambda offer: offer.form is None)


def refusal_of(row: Offered, standing: Standing, desk: Desk) -> Refused | None:
    """Why a move is not open now; an apology must also still be in time, and the first one."""
    if row.refusal or row.row.verb != "extend" or standing.due_at is None:
        return row.refusal
    later, extended = standing.due_at + timedelta(days=1), hasattr(standing.dossier, "extension")
    try:
        check_extension(due_at=standing.due_at, until=later, at=desk.at, extended=extended)
    except Refused as no:
        return no
    return None


def _offer(verb: Verb, refusal: Refused | None, choices: forms.Offers) -> Offer:
    if refusal:
        return Offer(verb, move_label(verb.verb), None, said(refusal))
    form = verb.form(choices, prefix=verb.slug)
    return Offer(verb, move_label(verb.verb), form, None, verb.verb in NEXT)


def move_label(verb: str) -> str:
    """What the button says."""
    if language() == "en":
        return VERB_LABELS_EN[verb]
    return next(row.label for row in MACHINE if row.verb == verb)
