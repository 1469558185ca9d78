"""The way a real dossier went, read from its facts as a `processes.runs.Run`: a test for the editions to come.

Nothing of the person is kept: steps, actions and roles, and of the answers only those that a condition reads.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from motcua.base.actor import Actor
from motcua.base.errors import NotFound, Refused
from motcua.base.ledger import Row
from motcua.catalogue.actions.recording import WHO, record_run
from motcua.catalogue.definition import Step
from motcua.catalogue.models import RecordedRun
from motcua.catalogue.queries import plan
from motcua.dossiers.actions import look
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.queries import history, standing_by_code
from motcua.dossiers.states import State
from motcua.processes.runs import Run, Taken, answers_read, hours_of

FINISHED = {State.HANDED_OVER, State.CLOSED}


def finished(code: str, procedure: str) -> Standing:
    """The dossier ``code`` of this procedure, once its result was handed over.

    Raises `NotFound` ``dossier_unknown`` (also for one of another procedure), `Refused` ``run_not_finished``.
    """
    found = standing_by_code(code.replace("\x00", ""))
    if plan(found.dossier.edition_id).code != procedure:
        raise NotFound("dossier_unknown")
    if found.state not in FINISHED:
        raise Refused("run_not_finished", code=found.dossier.code)
    return found


def keep_run(code: str, procedure: str, name: str, *, by: Actor, at: datetime) -> RecordedRun:
    """Keep the way of the dossier ``code`` as a test of ``procedure``. Effects: a look at the dossier is recorded.

    Raises as `finished` and as `catalogue.actions.record_run`.
    """
    by.must_have(WHO)
    dossier = finished(code, procedure).dossier
    look(dossier.id, "record_run", by=by, at=at)
    return record_run(procedure, run_of(dossier, name), by=by, at=at, dossier=dossier.code)


def run_of(dossier: Dossier, name: str) -> Run:
    """The way of a dossier, from its facts and the edition it is pinned to. Two queries at most."""
    edition = plan(dossier.edition_id)
    steps = edition.definition.process
    facts = history(dossier)
    received = next((place for place, fact in enumerate(facts) if fact.name == "dossiers.received"), len(facts))
    decisions = [fact.data["granted"] for fact in facts if fact.name == "dossiers.decided"]
    run = Run(
        name=name,
        channel=dossier.channel,
        moves=moves(facts[received:], steps),
        return_by=dossier.return_by,
        on_behalf=bool(dossier.on_behalf_of),
        asked_before=sum(fact.name == "dossiers.supplement_asked" for fact in facts[:received]),
        answers=answers_read(steps, edition.form_definition, dossier.answers),
        granted=bool(decisions) and decisions[-1],
    )
    return msgspec.structs.replace(run, hours=hours_of(run, steps))


def moves(facts: Sequence[Row], steps: tuple[Step, ...]) -> tuple[Taken, ...]:
    """The moves that these facts, from the reception on, tell of; the roles are those of the edition's steps."""
    roles = {step.step: step.role for step in steps}
    found: list[Taken] = []
    here, opinions = steps[0].step if steps else "", [0, 0, 0]
    for fact in facts:
        if change := OPINIONS.get(fact.name):
            opinions = [sum(pair) for pair in zip(opinions, change(fact.data), strict=True)]
        elif told := _action(fact):
            here = fact.data.get("before") or here
            found.append(Taken(here, told, roles.get(here, ""), (opinions[0], opinions[1], opinions[2])))
            here = fact.data.get("step") or here
    return tuple(found)


def _action(fact: Row) -> str:
    """What a fact did to the step the dossier stood at; empty where it did nothing to it."""
    if fact.name == "dossiers.passed_on":
        return str(fact.data["action"])
    if fact.name == "dossiers.decided":
        return "pass" if fact.data["granted"] else "refuse"
    return ACTIONS.get(fact.name, "")


ACTIONS = {
    "dossiers.received": "pass",
    "dossiers.supplement_asked": "ask_more",
    "dossiers.handed_over": "hand_over",
}
# How many opinions are open, agreed and were against, more or less, by each fact.
OPINIONS = {
    "dossiers.opinion_asked": lambda _: (1, 0, 0),
    "dossiers.opinion_answered": lambda data: (-1, 1, 0) if data["agrees"] else (-1, 0, 1),
    "dossiers.opinion_withdrawn": lambda _: (-1, 0, 0),
}
