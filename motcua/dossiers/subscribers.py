"""What happens because of a dossier's facts: the counts per agency and state."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.models import Tally


def count_states(facts: Sequence[Row]) -> None:
    """Add up the moves of a batch and write one change per agency and state."""
    changes: Counter[tuple[str, str]] = Counter()
    for fact in facts:
        agency, before, after = fact.data["agency"], fact.data["from"], fact.data["to"]
        if before != after:
            changes[agency, after] += 1
            changes[agency, before] -= 1
    rows = [Tally(agency=UUID(agency), state=state, count=0) for agency, state in sorted(changes) if state]
    Tally.objects.bulk_create(rows, ignore_conflicts=True)
    for (agency, state), change in sorted(changes.items()):
        if state and change:
            Tally.objects.filter(agency=agency, state=state).update(count=F("count") + change)


def forget_counts() -> None:
    """Empty the counts, before they are computed again from the facts."""
    Tally.objects.all().delete()


def dossier_id(fact: Row) -> UUID:
    """The dossier a fact of its stream is about."""
    return UUID(fact.stream.partition(":")[2])


MOVES = frozenset({
    "dossiers.submitted", "dossiers.received", "dossiers.refused_to_receive", "dossiers.supplement_asked",
    "dossiers.supplemented", "dossiers.assigned", "dossiers.passed_on", "dossiers.payment_asked",
    "dossiers.payment_confirmed", "dossiers.decided", "dossiers.stopped", "dossiers.withdrawn",
    "dossiers.left_agency", "dossiers.arrived_at_agency", "dossiers.handed_over", "dossiers.closed",
})  # fmt: skip
COUNTS = Subscriber("dossiers.counts", MOVES, count_states, forget_counts)
