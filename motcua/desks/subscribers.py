"""What the desks keep because of facts: how many moves each officer made on each day."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.base.worktime import local
from motcua.desks.models import WorkDone

ADD = """
INSERT INTO desks_workdone (agency, officer, day, moves) VALUES (%s, %s, %s, %s)
ON CONFLICT (agency, day, officer) DO UPDATE SET moves = desks_workdone.moves + excluded.moves
"""
MOVES = frozenset(
    f"dossiers.{name}"
    for name in (
        "received", "refused_to_receive", "supplement_asked", "passed_on", "payment_asked", "payment_confirmed",
        "extended", "decided", "stopped", "handed_over",
    )
)  # fmt: skip


def count_work(facts: Sequence[Row]) -> None:
    """Add the officers' moves of a batch to their days."""
    done: Counter[tuple[str, str, str]] = Counter()
    for fact in facts:
        kind, _, officer = fact.actor.partition(":")
        if kind == "officer":
            done[fact.data["agency"], officer, local(fact.at).date().isoformat()] += 1
    with connection.cursor() as cursor:
        rows = [(UUID(agency), UUID(officer), day, many) for (agency, officer, day), many in sorted(done.items())]
        cursor.executemany(ADD, rows)


def forget_work() -> None:
    """Empty the counts, before they are computed again from the facts."""
    WorkDone.objects.all().delete()


WORK = Subscriber("desks.work", MOVES, count_work, forget_work)
