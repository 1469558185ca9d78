"""What happens because of a dossier's facts: notices to its filer, and the counts per agency and state."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.models import Dossier, Tally
from motcua.dossiers.telling import TOLD, told
from motcua.notices import actions as notices
from motcua.notices.models import Notice


def tell_filers(facts: Sequence[Row]) -> None:
    """Put a notice into the inbox of each dossier's filer; a filing at the counter has no inbox."""
    dossiers = Dossier.objects.in_bulk({dossier_id(fact) for fact in facts})
    notices.tell(
        [
            notice(fact, dossier)
            for fact in facts
            if (dossier := dossiers.get(dossier_id(fact))) and dossier.filed_by_id
        ]
    )


def notice(fact: Row, dossier: Dossier) -> Notice:
    """What the filer is told about one fact."""
    title, title_en, body = told(fact.name, dossier.code, fact.data)
    return Notice(
        fact=fact.id,
        citizen_id=dossier.filed_by_id,
        title=title,
        title_en=title_en,
        body=body,
        link=f"/ho-so/{dossier.code}/",
        at=fact.at,
    )


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


MOVES = frozenset(TOLD) | {"dossiers.assigned", "dossiers.passed_on", "dossiers.closed"}
NOTICES = Subscriber("dossiers.notices", frozenset(TOLD), tell_filers, notices.forget_all)
COUNTS = Subscriber("dossiers.counts", MOVES, count_states, forget_counts)
