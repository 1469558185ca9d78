"""A plan of a re-organisation as plain values, and what is wrong with it before anything happens. Pure.

A plan says which units exist from a day on, and for every unit that ends or gives something away, into which others it
goes. Merge, split and new name are the same thing with more or fewer rows.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from motcua.base.errors import Invalid
from motcua.base.text import slug

MOST_UNITS = 5000


class Unit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A unit that exists from the day on. ``was``: the present code of the agency that goes on under this one.

    A unit whose code an agency has already is that agency, with a new name if there is one. Level and parent are
    needed for a unit that is new.
    """

    code: str
    name: str = ""
    name_en: str = ""
    level: str = ""
    parent: str = ""
    was: str = ""

    @property
    def present(self) -> str:
        """The code by which the agency is known today, if it goes on."""
        return self.was or self.code


class Share(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which of the open dossiers go to the unit ``to``: those of a ``field`` (name or slug), those whose answer to the
    question ``answer`` is ``equals``, or the listed ``codes``."""

    to: str
    field: str = ""
    answer: str = ""
    equals: str = ""
    codes: tuple[str, ...] = ()


class Ending(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where an agency goes: ``into`` these units; the first takes what no rule gives to another.

    ``officers``: sign-in names by unit; who is not named goes to the first unit. An agency that is also a unit does not
    end: it gives away what the rules and names say, and keeps the rest.
    """

    agency: str
    into: tuple[str, ...]
    officers: dict[str, tuple[str, ...]] = {}
    dossiers: tuple[Share, ...] = ()


class Plan(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename={"on": "day"}):
    """A re-organisation on the day ``on`` by ``decision`` (the number of the resolution).

    In a file the day is called ``day``: YAML reads a bare ``on`` as yes.
    """

    on: date
    decision: str
    units: tuple[Unit, ...] = ()
    endings: tuple[Ending, ...] = ()

    @property
    def staying(self) -> set[str]:
        """Today's codes of the agencies that go on."""
        return {unit.present for unit in self.units}

    @property
    def ended(self) -> set[str]:
        """Today's codes of the agencies that are no more afterwards."""
        return {ending.agency for ending in self.endings} - self.staying


def parse(raw: Any) -> Plan:
    """The plan in plain values. Raises `Invalid` ``plan_unreadable`` naming the place."""
    try:
        return msgspec.convert(raw, Plan, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid("plan_unreadable", problem=str(error)) from None


def plain(plan: Plan) -> dict[str, Any]:
    """The plain values of a plan, for a file or the table; ``parse(plain(plan)) == plan``."""
    found: dict[str, Any] = msgspec.to_builtins(plan)
    return found


def problems(plan: Plan, known: Mapping[str, bool]) -> list[str]:
    """Why this plan can't be carried out; ``known`` are today's agencies by code, True while they exist."""
    found = [*_unit_problems(plan, known), *_ending_problems(plan, known)]
    if not plan.decision.strip():
        found.append("decision: missing")
    if len(plan.units) > MOST_UNITS:
        found.append(f"units: more than {MOST_UNITS}")
    return found


def _unit_problems(plan: Plan, known: Mapping[str, bool]) -> Iterator[str]:
    codes = [unit.code for unit in plan.units]
    yield from (f"{code}: named twice" for code in sorted({code for code in codes if codes.count(code) > 1}))
    for unit in plan.units:
        if unit.was and not known.get(unit.was):
            yield f"{unit.code}: the agency {unit.was} that it was does not exist"
        if unit.was not in {"", unit.code} and known.get(unit.code):
            yield f"{unit.code}: another agency has this code"
        if not known.get(unit.present) and not (unit.name and unit.level):
            yield f"{unit.code}: a new unit needs a name and a level"


def _ending_problems(plan: Plan, known: Mapping[str, bool]) -> Iterator[str]:
    after = {unit.code for unit in plan.units} | ({code for code, there in known.items() if there} - plan.ended)
    seen: set[str] = set()
    for ending in plan.endings:
        if ending.agency in seen:
            yield f"{ending.agency}: ends twice"
        seen.add(ending.agency)
        if not known.get(ending.agency):
            yield f"{ending.agency}: no such agency"
        if not ending.into:
            yield f"{ending.agency}: goes nowhere"
        if ending.agency in ending.into:
            yield f"{ending.agency}: goes into itself"
        named = {*ending.officers, *(share.to for share in ending.dossiers)}
        yield from (f"{ending.agency}: {code} will not exist" for code in ending.into if code not in after)
        yield from (f"{ending.agency}: {code} is not among those it goes into" for code in named - set(ending.into))
        yield from (f"{ending.agency}: a rule without a condition" for share in ending.dossiers if not _says(share))


def _says(share: Share) -> bool:
    return bool(share.field or share.codes or (share.answer and share.equals))


def receiver(ending: Ending, *, code: str, field: str, answers: Mapping[str, Any]) -> str:
    """The unit that a rule gives a dossier to, "" where none does."""
    for share in ending.dossiers:
        if code in share.codes or (share.field and slug(share.field) == slug(field)):
            return share.to
        if share.answer and str(answers.get(share.answer, "")).strip() == share.equals:
            return share.to
    return ""


def unit_of(ending: Ending, login: str) -> str:
    """The unit that an officer is named for, "" where he is not named."""
    return next((code for code, logins in ending.officers.items() if login in logins), "")


def merge(codes: tuple[str, ...], into: Unit, *, on: date, decision: str) -> Plan:
    """Several agencies become one: a new one, or the one among them that has the code of ``into``."""
    endings = tuple(Ending(code, (into.code,)) for code in codes if code != into.code)
    return Plan(on, decision, (into,), endings)


def rename(code: str, unit: Unit, *, on: date, decision: str) -> Plan:
    """An agency goes on under another name or code."""
    return Plan(on, decision, (msgspec.structs.replace(unit, was="" if unit.code == code else code),))
