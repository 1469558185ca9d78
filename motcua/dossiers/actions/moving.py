"""What every move shares: lock the standing, check row, role, agency and what the actor saw; then write and record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, NotFound, Refused
from motcua.base.ledger import Row, Tip
from motcua.base.machine import Move
from motcua.base.rows import columns, first_row
from motcua.base.worktime import local
from motcua.catalogue.definition import Step
from motcua.catalogue.queries import Plan, plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.events import PassedOn
from motcua.dossiers.models import Dossier, Standing, StepTask
from motcua.dossiers.queries import due_of, taken_in_by
from motcua.dossiers.states import MACHINE
from motcua.mandates.models import Mandate
from motcua.mandates.queries import mandate_of, mandates_in
from motcua.people.models import Agency
from motcua.people.queries import represents
from motcua.processes.conditions import Circumstances

# The signs of the letters: supplement, refusal to receive, apology, stop. Forms of Thông tư 03/2025/TT-VPCP.
LETTERS = {"02": "YCBS", "03": "TCTN", "04": "XL", "05": "DXL"}
# What every move begins with.
LOCK = f"""
SELECT {columns(Standing, Dossier, Agency)} FROM dossiers_standing
JOIN dossiers_dossier ON dossiers_dossier.id = dossiers_standing.dossier_id
JOIN people_agency ON people_agency.id = dossiers_standing.agency_id
WHERE dossiers_standing.dossier_id = %s FOR UPDATE OF dossiers_standing
"""
STOPPED_CLOCKS = {"paused_at": None, "step_due_at": None, "watch_at": None}
FROM_AFAR = frozenset({"supplement", "hand_over"})  # what the counter may do that took the dossier in for another
ENDED_EARLY = {**STOPPED_CLOCKS, "opinions_open": 0, "opinions_until": None}  # who was asked need not answer any more
MANDATED = frozenset({"", "supplement", "correct"})  # what whom the filer authorised may do; "" is to see it


@dataclass
class Moving:
    """A dossier locked for one move. `record` writes it; without it nothing was changed."""

    standing: Standing
    row: Move
    by: Actor
    at: datetime

    @property
    def dossier(self) -> Dossier:
        return self.standing.dossier

    @property
    def plan(self) -> Plan:
        """The edition the dossier is pinned to, compiled."""
        return plan(self.dossier.edition_id)

    @property
    def circumstances(self) -> Circumstances:
        """What the conditions of the process may ask about this dossier; counts cost their queries when asked for."""
        dossier, form = self.dossier, self.plan.form_definition
        behalf = bool(dossier.on_behalf_of)
        return Circumstances(form, dossier.answers, dossier.channel, dossier.return_by, behalf, self._counted)

    def _counted(self, name: str) -> int:
        """The number behind a name of `conditions.COUNTED`: a query for the supplements, none for ``opinions.open``."""
        if name == "dossier.supplements":
            return self.dossier.supplements.count()
        return int(getattr(self.standing, name.replace(".", "_")))

    def record(self, *events: Any, **changes: Any) -> Standing:
        """Write ``changes`` and the row's target state to the standing, and the facts, in the caller's transaction."""
        standing = self.standing
        changes["state"] = self.row.target or standing.state
        before, agency, led = standing.state, str(standing.agency_id), list[tuple[Any, dict[str, str]]]()
        for event in events:  # the first fact tells the move, what follows of itself stays where that led
            led.append((event, moved(before, changes["state"], agency)))
            before = changes["state"]
        return self.write(led, **changes)

    def write(self, led: Sequence[tuple[Any, dict[str, str]]], **changes: Any) -> Standing:
        """The same with what each event `moved`, for one that leaves an agency and arrives at another."""
        standing, rows = self.standing, list[Row]()
        tip = Tip(standing.seq, bytes(standing.tip))
        for event, way in led:
            also = way | self.acting_for()
            rows += ledger.rows_for(self.dossier.stream, [event], by=self.by, at=self.at, after=tip, also=also)
            tip = Tip(rows[-1].seq, rows[-1].hash)
        ledger.insert(rows)
        changes |= {"seq": rows[-1].seq, "tip": rows[-1].hash}
        for name, value in changes.items():
            setattr(standing, name, value)
        Standing.objects.filter(pk=standing.pk).update(**changes)
        return standing

    def acting_for(self) -> dict[str, str]:
        """``for``: the absent officer in whose place this is done; nothing where it is done in one's own right."""
        roles = self.row.roles & {self.standing.role} or self.row.roles
        absent = self.by.acts_for(roles, str(self.standing.officer_id or ""))
        return {"for": absent} if absent else {}

    def letter_number(self, form: str) -> str:
        """The number of the letter that this move sends, as ``15/2026/YCBS-H99.101``: it goes into the fact and stays.

        Effects: one step of the counter of this form, agency and year, held until the transaction ends.
        """
        agency, year = self.standing.agency.code, local(self.at).year
        count = numbering.next_number(f"letter:{form}:{agency}:{year}")
        return f"{count}/{year}/{LETTERS[form]}-{agency}"

    def resumed(self) -> dict[str, Any]:
        """The changes that start the clock again: the working time waited is added to what was promised."""
        standing, paused = self.standing, self.standing.paused_at
        if paused is None:
            return {}
        office = calendar_for(standing.agency.code)
        moved = {
            name: deadlines.due_after_pause(due, paused, self.at, office)
            for name in ("due_at", "step_due_at", "watch_at")
            if (due := getattr(standing, name)) is not None
        }
        return {**moved, "paused_at": None}

    def restarted(self) -> dict[str, Any]:
        """The changes that begin every clock anew, for decrees that count from the full dossier."""
        standing = self.standing
        due = due_of(self.plan, self.dossier.channel, standing.agency.code, self.at)
        clocks = _clocks(rules.step_of(self.plan.definition, standing.step), self)
        return {**clocks, "due_at": due.at if due else None, "paused_at": None}


def begin(dossier: UUID | str, verb: str, *, by: Actor, at: datetime, seen: int | None = None) -> Moving:
    """Lock the dossier for ``verb``; must be called inside a transaction.

    ``seen`` is the ``seq`` that the actor's page showed. Raises `Conflict` ``acted_first``, `Refused` ``wrong_state``,
    `Forbidden` ``wrong_role``, and as `must_reach`.
    """
    standing = must_reach(locked(dossier), by, at=at, verb=verb)
    if seen is not None and seen != standing.seq:
        raise Conflict("acted_first", state=standing.state)
    return Moving(standing, MACHINE.check(verb, standing.state, by), by, at)


def locked(dossier: UUID | str) -> Standing | None:
    """The standing of a dossier, held until the transaction ends; None where there is none."""
    found = first_row(LOCK, [dossier], Standing, Dossier, Agency)
    if found is None:
        return None
    standing: Standing = found[0]
    standing.dossier, standing.agency = found[1:]
    return standing


def entering(moving: Moving, step: Step) -> tuple[dict[str, Any], list[PassedOn]]:
    """What the standing is like once the file comes to ``step``, and the facts of the automatic steps it went through.

    Raises `Refused` ``automatic_without_way`` when an automatic step has no exit whose condition holds, or leads in a
    circle.
    """
    definition, gone = moving.plan.definition, list[PassedOn]()
    while step.does == "automatic":
        action = rules.automatic_action(step, moving.circumstances)
        after = rules.target_of(definition, step, action)
        if len(gone) == len(definition.process):
            raise Refused("automatic_without_way", step=step.name)
        gone.append(PassedOn(after.step, step.step, action, "", automatic=True))
        step = after
    here = {"step": step.step, "role": step.role, "officer_id": None, "step_since": moving.at}
    return {**here, **_clocks(step, moving)}, gone


def _clocks(step: Step, moving: Moving) -> dict[str, Any]:
    """When a step that begins now is due, and when its first timeout fires."""
    minutes, timeouts = step.minutes, rules.timeouts_of(step)
    office = calendar_for(moving.standing.agency.code) if timeouts or minutes is not None else None
    return {
        "step_due_at": office.add_working_minutes(moving.at, minutes) if office and minutes is not None else None,
        "watch_at": office.add_working_minutes(moving.at, timeouts[0].minutes) if office and timeouts else None,
        "timeouts_fired": 0,
    }


def must_be_ready(moving: Moving, step: Step) -> None:
    """A step is left forward when its required tasks are done and every opinion asked was given or is overdue.

    Source of the second: who is asked and does not answer in time bears the delay (Nghị định 118/2025/NĐ-CP). Costs a
    query for a step with tasks. Raises `Refused` ``tasks_open``, ``opinions_open``.
    """
    standing = moving.standing
    if required := {task.task: task.name for task in step.tasks if task.required}:
        done = StepTask.objects.filter(dossier=moving.dossier, step=step.step, since=standing.stay)
        if missing := required.keys() - set(done.values_list("task", flat=True)):
            raise Refused("tasks_open", tasks=[name for task, name in required.items() if task in missing])
    if standing.opinions_until and standing.opinions_until >= moving.at:
        raise Refused("opinions_open", count=standing.opinions_open, until=standing.opinions_until)


def moved(before: str, after: str, agency: str) -> dict[str, str]:
    """What every fact of a move says beside its own: the states it led from and to, and where."""
    return {"from": before, "to": after, "agency": agency}


def must_reach(standing: Standing | None, by: Actor, *, at: datetime, verb: str = "") -> Standing:
    """The dossier, if ``by`` may know of it: its filer, whom the filer authorised, an officer of its agency, the system.

    An authorised person may see, supplement and correct, and withdraw only where the mandate says so. What was filed for
    an organisation is for who represents it today, and for whom such a one authorised. One query more for a citizen who
    did not file it, two for an organisation's. Raises `NotFound` ``dossier_unknown`` (also for somebody else's dossier),
    `Forbidden` ``not_in_mandate``.
    """
    if standing is None:
        raise NotFound("dossier_unknown")
    filer, whose = str(standing.dossier.filed_by_id or ""), standing.dossier.organisation
    stream, on = standing.dossier.stream, local(at).date()
    if by.kind == "citizen" and whose:
        if represents(by.id, whose):
            return standing
        theirs = [each for each in mandates_in(stream, on=on) if str(each.taker_id) == by.id]
        return _mandated(standing, next((each for each in theirs if represents(each.giver_id, whose)), None), verb)
    if by.kind == "citizen" and filer and filer != by.id:
        return _mandated(standing, mandate_of(by.id, filer, stream, on=on), verb)
    ours = {"citizen": filer == by.id, "officer": by.agency == str(standing.agency_id), "system": True}
    if verb in FROM_AFAR and taken_in_by(standing, by):
        return standing
    if not ours.get(by.kind):
        raise NotFound("dossier_unknown")
    return standing


def _mandated(standing: Standing, mandate: Mandate | None, verb: str) -> Standing:
    if mandate is None:
        raise NotFound("dossier_unknown")
    if verb not in MANDATED and not (verb == "withdraw" and mandate.may_withdraw):
        raise Forbidden("not_in_mandate")
    return standing


def vault_for(dossier: Dossier, by: Actor) -> UUID | None:
    """Whose vault may answer for papers of the dossier: its filer's own, or the organisation's that it was filed for,
    while who asks (at the counter: who filed it) represents that. None for anybody else's. One query for the latter.
    """
    if not dossier.on_behalf_of:
        return dossier.filed_by_id
    whose, who = dossier.organisation, by.id if by.kind == "citizen" else dossier.filed_by_id
    return whose if whose and represents(who, whose) else None
