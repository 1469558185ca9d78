"""What may be, in pure functions: papers, steps, exits, who holds a step, and what a new appointment needs."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.text import clean, slug
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition, Exit, Step, Timeout
from motcua.processes import conditions
from motcua.processes.conditions import Circumstances
from motcua.processes.words import in_words

MAX_REASON = 2000
NOT_FORWARD = frozenset({"return", "refuse", "ask_more"})  # the work of a step need not be done for these


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file filed for the paper ``paper``; ``label`` is the name it had.

    ``source`` says where the State had it: ``result:<id>``, ``paper:<id of a filed paper>``,
    ``register:<code>:<id>``; empty, somebody brought it. Whoever writes it down has proven it at that moment.
    """

    paper: str
    sha256: str
    label: str
    source: str = ""


Proven = Callable[..., tuple[Attached, ...]]  # of papers, definition, holder and day, as `filing.proving.proven`


def nothing_reused(papers: Sequence[Attached], *_definition_and_holder: Any, on: date) -> tuple[Attached, ...]:
    """Where nothing can be proven on any day. Raises `Refused` ``reuse_not_yours`` for any source."""
    del on
    if any(each.source for each in papers):
        raise Refused("reuse_not_yours")
    return tuple(papers)


@dataclass(frozen=True, slots=True)
class Owner:
    """Chủ hồ sơ: whom the dossier is about, who may be another than the one who files."""

    name: str
    identity_number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Filing:
    """All that is filed at once. ``id`` makes it the same filing when it is sent twice; ``on_behalf_of`` is the basis
    (authorisation) when the filer acts for ``owner``."""

    id: UUID
    edition: UUID
    agency: UUID
    channel: str
    owner: Owner
    answers: dict[str, Any]
    papers: tuple[Attached, ...] = ()
    return_by: str = "online"
    on_behalf_of: dict[str, str] | None = None
    filer: UUID | None = None  # at the counter: the citizen who stands there, whose card was seen


def reason(text: str) -> str:
    """The reason as it is kept. Raises `Invalid` ``reason_missing`` or ``reason_too_long``: no move without a why."""
    found = clean(text.replace("\x00", ""))
    if not found:
        raise Invalid("reason_missing")
    if len(found) > MAX_REASON:
        raise Invalid("reason_too_long", limit=MAX_REASON)
    return found


def competent(level: str, fields: Sequence[str], definition: Definition) -> bool:
    """Whether an agency of ``level`` that handles ``fields`` (slugs; none: all of its level) decides this procedure."""
    ours = "province" if level == "department" else level
    return ours in definition.levels and (not fields or slug(definition.field) in fields)


def missing_papers(definition: Definition, attached: Collection[str]) -> list[str]:
    """Codes of required papers that nothing was attached for, in the order of the edition.

    Show-only papers and papers of one case among several can't be demanded here: the officer judges those.
    """
    return [
        paper.code
        for paper in definition.papers
        if paper.required and not paper.show_only and not paper.case and paper.code not in attached
    ]


def check_papers(definition: Definition, attached: Iterable[Attached]) -> None:
    """Raise `Invalid` ``paper_unknown`` when something was attached for a paper that the edition does not have."""
    known = {paper.code for paper in definition.papers} | {"khac"}
    if strange := sorted({each.paper for each in attached} - known):
        raise Invalid("paper_unknown", papers=strange)


def first_step(definition: Definition) -> Step:
    """The step that receives."""
    return definition.process[0]


def step_of(definition: Definition, code: str) -> Step:
    """The step ``code``; raises `Refused` ``step_unknown``."""
    for step in definition.process:
        if step.step == code:
            return step
    raise Refused("step_unknown", step=code)


def step_that(definition: Definition, does: str) -> Step:
    """The one step that does ``does`` (``decide``, ``hand_over``); raises `Refused` when the process has none."""
    for step in definition.process:
        if step.does == does:
            return step
    raise Refused("process_without_step", does=does)


def exit_of(step: Step, action: str, circumstances: Circumstances) -> Exit:
    """Where ``action`` leads from ``step``. Raises `Refused` ``no_such_action`` or ``guard_not_met`` (fail closed)."""
    found = step.exit(action)
    if found is None:
        raise Refused("no_such_action", step=step.name, action=action)
    if not circumstances.hold(found.when):
        raise Refused("guard_not_met", condition=in_words(found.when, circumstances.form, "vi"))
    return found


def target_of(definition: Definition, step: Step, action: str) -> Step:
    """The step that ``action`` leads to: a refusal proposed goes to the step that decides, one decided to the counter.

    Raises `Refused` ``not_a_step`` where the action is a verb of its own.
    """
    found = step.exit(action)
    if found is None or found.to in {"supplement", "end"}:
        raise Refused("not_a_step", action=action)
    if found.to == "decide_refusal":
        return step_that(definition, "hand_over" if step.does == "decide" else "decide")
    return step_of(definition, found.to)


def automatic_action(step: Step, circumstances: Circumstances) -> str:
    """The first action of an automatic step whose condition holds. Raises `Refused` ``automatic_without_way``."""
    if not (found := conditions.automatic_action(step, circumstances)):
        raise Refused("automatic_without_way", step=step.name)
    return found


def timeouts_of(step: Step) -> list[Timeout]:
    """The timeouts of a step, the first to fire first."""
    return sorted(step.timeouts, key=lambda timeout: timeout.minutes)


def must_hold(by: Actor, role: str, officer: str) -> None:
    """Only who holds the step moves it: the role of the step, and the officer it was assigned to or who stands in.

    Raises `Forbidden` ``wrong_step_role`` or `Refused` ``held_by_other``.
    """
    if role and role not in by.roles:
        raise Forbidden("wrong_step_role", needed=role)
    if officer and officer != by.id and officer not in by.stands_in_for:
        raise Refused("held_by_other")


def must_lead(by: Actor, role: str) -> None:
    """Whoever shares the role of a step may take it or give it to a colleague; a head or an approver may always.

    Raises `Forbidden` ``wrong_step_role``.
    """
    if not by.roles & {"head", "approver", role}:
        raise Forbidden("wrong_step_role", needed=role)


def check_extension(*, due_at: datetime | None, until: datetime, at: datetime, extended: bool) -> None:
    """Apology and new appointment: at most once, told at least one day before the old one is due, and for later.

    Source: the late-result rule of Nghị định 61/2018/NĐ-CP, carried on in the rules in force (domain facts, 3.2).
    Raises `Refused` ``no_due_date``, ``extended_before``, ``extension_too_late``, ``extension_not_later``.
    """
    if due_at is None:
        raise Refused("no_due_date")
    if extended:
        raise Refused("extended_before")
    if local(at).date() > local(due_at).date() - timedelta(days=1):
        raise Refused("extension_too_late", due=local(due_at).strftime("%d/%m/%Y"))
    if until <= due_at:
        raise Refused("extension_not_later", due=local(due_at).strftime("%d/%m/%Y"))
