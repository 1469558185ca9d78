"""Keep the way of a dossier as a test of every later edition, and let such a test go."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition
from motcua.catalogue.events import RunRecorded, RunRetired
from motcua.catalogue.models import Procedure, RecordedRun
from motcua.catalogue.queries import edition_for, plan_of, runs_of
from motcua.catalogue.rules import broken_runs
from motcua.processes.runs import Run

MAX_NAME = 120
WHO = {"administrator", "system"}


@transaction.atomic
def record_run(code: str, run: Run, *, by: Actor, at: datetime, dossier: str = "") -> RecordedRun:
    """Keep ``run`` as a test of the procedure ``code``; ``dossier`` tells whose way it is. Effects: one fact.

    Raises `Forbidden`, `Invalid` ``run_name_missing``, ``edition_breaks_run`` where the edition in force does not go
    that way itself, `Refused` ``run_name_taken``, `NotFound` as `edition_for`.
    """
    by.must_have(WHO)
    run = msgspec.structs.replace(run, name=clean(run.name.replace("\x00", ""))[:MAX_NAME])
    if not run.name:
        raise Invalid("run_name_missing")
    must_pass(plan_of(edition_for(code, local(at).date())).definition, [run])
    procedure = Procedure.objects.select_for_update().get(code=code)
    if procedure.runs.filter(name=run.name, retired_at=None).exists():
        raise Refused("run_name_taken", run=run.name)
    content = msgspec.to_builtins(run)
    kept = RecordedRun.objects.create(
        procedure=procedure, name=run.name, content=content, recorded_at=at, recorded_by=by.ref
    )
    ledger.append(f"procedure:{code}", [RunRecorded(code, str(kept.id), run.name, dossier)], by=by, at=at)
    return kept


@transaction.atomic
def retire_run(run: UUID | str, reason: str, *, by: Actor, at: datetime) -> RecordedRun:
    """Ask a recorded run of new editions no more. Effects: one fact with the reason.

    Raises `Forbidden`, `Invalid` ``reason_missing``, `NotFound` ``run_unknown`` (also for one retired before).
    """
    by.must_have(WHO)
    why = clean(reason.replace("\x00", ""))[:2000]
    if not why:
        raise Invalid("reason_missing")
    kept = RecordedRun.objects.select_for_update(of=("self",)).filter(id=run, retired_at=None).first()
    if kept is None:
        raise NotFound("run_unknown")
    kept.retired_at, kept.retired_because = at, why
    kept.save(update_fields=["retired_at", "retired_because"])
    code = kept.procedure.code
    ledger.append(f"procedure:{code}", [RunRetired(code, str(kept.id), kept.name, why)], by=by, at=at)
    return kept


def must_pass(definition: Definition, runs: Iterable[Run] | None = None) -> None:
    """Raise `Invalid` ``edition_breaks_run`` (``run``, ``step``, ``problems``) unless every run goes its way here.

    Without ``runs``: those recorded for the procedure and those that the definition brings along.
    """
    asked = [*definition.tests, *runs_of([definition.procedure])[definition.procedure]] if runs is None else [*runs]
    for run, broken in broken_runs(definition, asked):
        raise Invalid(
            "edition_breaks_run",
            procedure=definition.procedure,
            run=run.name,
            step=broken[0].name or definition.procedure,
            problems=[str(one) for one in broken],
        )
