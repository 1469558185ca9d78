"""Every read of the catalogue worth a name. Each says how many queries it costs; tests hold that."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua import forms
from motcua.base.errors import NotFound
from motcua.base.text import fold
from motcua.catalogue.definition import Definition, Step, parse
from motcua.catalogue.models import Edition, Field, Procedure, RecordedRun
from motcua.catalogue.rules import can_be_filed, filing_obstacle, form_of
from motcua.catalogue.states import EXPIRED, PUBLISHED, UNPUBLISHED
from motcua.processes.runs import Run

MOST_PLANS = 1024
_plans: "OrderedDict[UUID, Plan]" = OrderedDict()


@dataclass(frozen=True)
class Plan:
    """An edition made ready: its definition read, its form compiled. Frozen like the edition, so kept per process."""

    edition_id: UUID
    number: int
    definition: Definition
    steps: dict[str, Step] = field(repr=False)
    draft: bool = False

    @property
    def code(self) -> str:
        return self.definition.procedure

    @cached_property
    def form_definition(self) -> dict[str, Any]:
        """The form of the edition, or the general request form for a procedure without one."""
        return form_of(self.definition)

    @cached_property
    def form(self) -> forms.Form:
        """The form compiled, ready to check answers."""
        return forms.Form(self.form_definition, draft=self.draft)

    @property
    def fileable(self) -> bool:
        return can_be_filed(self.definition)

    def obstacle(self, channel: str = "") -> str:
        """Why no dossier can be filed: a refusal code, or empty."""
        return filing_obstacle(self.definition, channel)


@dataclass(frozen=True)
class ProcedurePage:
    """What the page of a procedure shows: the edition in force, made ready, and the one that comes next, if any."""

    procedure: Procedure
    edition: Edition
    plan: Plan
    next_from: date | None


def edition_for(code: str, on: date) -> Edition:
    """The edition of ``code`` in force on a day, its procedure with it. One query.

    Raises `NotFound` ``procedure_unknown``, or ``edition_not_in_force`` where the procedure has none on that day.
    """
    found = in_force(on).filter(procedure__code=code).select_related("procedure__field").first()
    if found:
        return found
    if Procedure.objects.filter(code=code).exists():
        raise NotFound("edition_not_in_force", procedure=code, on=on.isoformat())
    raise NotFound("procedure_unknown", procedure=code)


def edition_id_for(code: str, on: date) -> UUID:
    """The id of the edition in force on a day, its definition left unread. One query. Raises as `edition_for`."""
    found = in_force(on).filter(procedure__code=code).values_list("id", flat=True).first()
    return found or edition_for(code, on).id


def in_force(on: date) -> "QuerySet[Edition]":
    """The published editions whose period holds the day."""
    later = Q(in_force_until=None) | Q(in_force_until__gt=on)
    return Edition.objects.filter(later, state__in=[PUBLISHED, EXPIRED], in_force_from__lte=on)


def procedure_page(code: str, on: date) -> ProcedurePage:
    """Everything on the page of a procedure. Two queries. Raises `NotFound` as `edition_for`."""
    edition = edition_for(code, on)
    coming = Edition.objects.filter(procedure=edition.procedure_id, state=PUBLISHED, in_force_from__gt=on)
    dates = list(coming.order_by("in_force_from").values_list("in_force_from", flat=True)[:1])
    return ProcedurePage(edition.procedure, edition, plan_of(edition), dates[0] if dates else None)


def plan(edition_id: UUID) -> Plan:
    """The plan of an edition by its id. One query the first time in a process, none later.

    Raises `NotFound` ``edition_unknown``.
    """
    if found := _plans.get(edition_id):
        return found
    edition = Edition.objects.filter(id=edition_id).first()
    if edition is None:
        raise NotFound("edition_unknown", edition=str(edition_id))
    return plan_of(edition)


def plans(edition_ids: Iterable[UUID]) -> dict[UUID, Plan]:
    """The plans of many editions, for a list. One query, none when all were read before in this process."""
    wanted = set(edition_ids)
    missing = [edition_id for edition_id in wanted if edition_id not in _plans]
    made = {edition.id: plan_of(edition) for edition in Edition.objects.filter(id__in=missing)} if missing else {}
    return {edition_id: made.get(edition_id) or plan(edition_id) for edition_id in wanted}


def plan_of(edition: Edition) -> Plan:
    """The plan of an edition already read. Drafts change and are made anew each time."""
    if found := _plans.get(edition.id):
        return found
    definition = parse(edition.definition)
    steps = {step.step: step for step in definition.process}
    made = Plan(edition.id, edition.number, definition, steps, edition.state in UNPUBLISHED)
    if not made.draft:
        _plans[edition.id] = made
        if len(_plans) > MOST_PLANS:
            _plans.popitem(last=False)
    return made


def listed(
    *, field: str = "", level: str = "", subject: str = "", life_event: str = "", agency: str = "", ministry: str = ""
) -> "QuerySet[Procedure]":
    """The published procedures that pass every filter given; unknown values pass nothing.

    ``agency`` is the executing agency's name as the procedure writes it, or a part of it.
    """
    found = Procedure.objects.filter(listed=True)
    if field:
        found = found.filter(field=field)
    for name, value in (("levels", level), ("subjects", subject), ("life_events", life_event)):
        if value:
            found = found.filter(**{f"{name}__contains": [value]})
    if ministry:
        found = found.filter(ministry=ministry)
    return found.filter(agency__icontains=agency) if agency else found


def browse(
    filters: dict[str, str], *, after: tuple[str, str] | None = None, size: int = 20
) -> tuple[list[Procedure], tuple[str, str] | None]:
    """A page of procedures by name, and the key of the next page. One query, whatever the page.

    ``filters`` are those of `listed`; ``after`` is the key that the page before gave.
    """
    found = listed(**filters).select_related("field").order_by("folded_name", "code")
    if after:
        name, code = after
        found = found.filter(folded_name__gte=name).exclude(folded_name=name, code__lte=code)
    rows = list(found[: size + 1])
    return rows[:size], (rows[size - 1].folded_name, rows[size - 1].code) if len(rows) > size else None


def counts_by_field() -> list[tuple[Field, int]]:
    """The fields that have published procedures, with how many, by name. One query."""
    fields = Field.objects.annotate(many=Count("procedure", filter=Q(procedure__listed=True))).filter(many__gt=0)
    return sorted(((found, found.many) for found in fields), key=lambda pair: fold(pair[0].name))


def counts_by(column: str) -> dict[str, int]:
    """How many published procedures each ``level``, ``subject``, ``life_event`` or ``ministry`` has. One query."""
    names = {"level": "levels", "subject": "subjects", "life_event": "life_events", "ministry": "ministry"}
    counts: dict[str, int] = {}
    for value in Procedure.objects.filter(listed=True).values_list(names[column], flat=True):
        for one in value if isinstance(value, list) else [value]:
            counts[one] = counts.get(one, 0) + 1
    return counts


def procedures_by_code(codes: Sequence[str]) -> list[Procedure]:
    """The published procedures with these codes, in the order given; unknown ones are left out. One query."""
    found = Procedure.objects.filter(code__in=codes, listed=True).select_related("field").in_bulk(field_name="code")
    return [found[code] for code in codes if code in found]


def definitions(on: date) -> Iterator[tuple[UUID, Definition]]:
    """Every edition in force on a day, for the search index and for exports. One query, streamed."""
    rows = in_force(on).order_by("procedure__code").values_list("id", "definition")
    for edition_id, definition in rows.iterator(chunk_size=500):
        yield edition_id, parse(definition)


def editions_of(code: str) -> list[Edition]:
    """All editions of a procedure, newest first, without their definitions. One query."""
    return list(Edition.objects.filter(procedure__code=code).defer("definition").order_by("-number"))


def designed(question: str, state: str = "", *, after: str = "", size: int = 50) -> list[Procedure]:
    """Procedures whose code or name holds the words asked for, by name, listed or not; with an edition in ``state``
    where one is given. One query."""
    found = Procedure.objects.filter(Exists(Edition.objects.filter(procedure=OuterRef("pk"))))
    if question:
        found = found.filter(Q(folded_name__contains=fold(question)) | Q(code__startswith=question))
    if state:
        found = found.filter(Exists(Edition.objects.filter(procedure=OuterRef("pk"), state=state)))
    return list(found.filter(folded_name__gt=after).order_by("folded_name", "code")[:size])


def drafts() -> list[Edition]:
    """Every edition being designed or reviewed, the one written last first; at most a hundred. One query."""
    found = Edition.objects.filter(state__in=UNPUBLISHED, changed_at__isnull=False).select_related("procedure")
    return list(found.order_by("-changed_at")[:100])


def newest_edition(code: str) -> Edition:
    """The edition published last, or where none was, the newest draft. One query. Raises `NotFound`
    ``procedure_unknown``."""
    found = Edition.objects.filter(procedure__code=code).select_related("procedure")
    newest = found.order_by(F("published_at").desc(nulls_last=True), "-number").first()
    if newest is None:
        raise NotFound("procedure_unknown", procedure=code[:40])
    return newest


def edition_before(edition: Edition, number: int | None = None) -> Edition | None:
    """The published edition that this one follows, or the one of that ``number``, if there is any. One query."""
    found = Edition.objects.filter(procedure=edition.procedure_id).exclude(id=edition.id)
    if number is not None:
        return found.filter(number=number).first()
    return found.filter(state__in=[PUBLISHED, EXPIRED], number__lt=edition.number).order_by("-number").first()


def runs_of(codes: Iterable[str]) -> dict[str, list[Run]]:
    """The recorded runs that editions of these procedures must pass, oldest first; others get none. One query."""
    found: dict[str, list[Run]] = defaultdict(list)
    kept = RecordedRun.objects.filter(procedure__code__in=codes, retired_at=None).order_by("id")
    for code, content in kept.values_list("procedure__code", "content"):
        found[code].append(msgspec.convert(content, Run))
    return found


def catalogue_version() -> int:
    """A number that grows with every publication and expiry. One query."""
    return int(catalogue_stamp().partition("-")[0])


def catalogue_stamp() -> str:
    """Another one after every publication and expiry, also after one that was rolled back and done again. One query,
    asked by every search: so as plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value || '-' || xmin FROM catalogue_catalogueversion")
        return (cursor.fetchone() or ["0"])[0]
