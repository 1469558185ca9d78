"""What every move shares: lock the standing, check row, role, agency and what the actor saw; then write and record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, NotFound
from motcua.base.ledger import Tip
from motcua.base.machine import Move
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import MACHINE

# The signs of the letters: supplement, refusal to receive, apology, stop. Forms of Thông tư 03/2025/TT-VPCP.
LETTERS = {"02": "YCBS", "03": "TCTN", "04": "XL", "05": "DXL"}


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

    def record(self, *events: Any, **changes: Any) -> Standing:
        """Write ``changes`` and the row's target state to the standing, and the facts, in the caller's transaction."""
        standing = self.standing
        changes["state"] = self.row.target or standing.state
        tip = Tip(standing.seq, bytes(standing.tip))
        also = moved(standing.state, changes["state"], str(standing.agency_id))
        rows = ledger.append(self.dossier.stream, events, by=self.by, at=self.at, after=tip, also=also)
        changes |= {"seq": rows[-1].seq, "tip": rows[-1].hash}
        for name, value in changes.items():
            setattr(standing, name, value)
        Standing.objects.filter(pk=standing.pk).update(**changes)
        return standing

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
            for name in ("due_at", "step_due_at")
            if (due := getattr(standing, name)) is not None
        }
        return {**moved, "paused_at": None}


def begin(dossier: UUID | str, verb: str, *, by: Actor, at: datetime, seen: int | None = None) -> Moving:
    """Lock the dossier for ``verb``; must be called inside a transaction.

    ``seen`` is the ``seq`` that the actor's page showed. Raises `NotFound` ``dossier_unknown`` (also for somebody
    else's dossier), `Conflict` ``acted_first``, `Refused` ``wrong_state``, `Forbidden` ``wrong_role``.
    """
    standing = (
        Standing.objects.select_for_update(of=("self",))
        .select_related("dossier", "agency")
        .filter(dossier_id=dossier)
        .first()
    )
    if standing is None or not in_reach(standing, by):
        raise NotFound("dossier_unknown")
    if seen is not None and seen != standing.seq:
        raise Conflict("acted_first", state=standing.state)
    return Moving(standing, MACHINE.check(verb, standing.state, by), by, at)


def moved(before: str, after: str, agency: str) -> dict[str, str]:
    """What every fact of a move says beside its own: the states it led from and to, and where."""
    return {"from": before, "to": after, "agency": agency}


def in_reach(standing: Standing, by: Actor) -> bool:
    """Whether ``by`` may know of this dossier at all: its filer, an officer of its agency, or the system."""
    if by.kind == "citizen":
        return str(standing.dossier.filed_by_id) == by.id
    return by.kind == "system" or (by.kind == "officer" and by.agency == str(standing.agency_id))
