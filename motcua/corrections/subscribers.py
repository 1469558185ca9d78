"""What happens to corrections because of facts: what nobody answered before the end is closed with the dossier."""

from collections.abc import Sequence

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.corrections.models import Correction

ENDS = frozenset({"dossiers.decided", "dossiers.stopped", "dossiers.withdrawn"})
TOO_LATE = "Hồ sơ đã kết thúc trước khi yêu cầu sửa được trả lời"


def close_unanswered(facts: Sequence[Row]) -> None:
    """Close the open correction of every dossier that ended; the answers stay as they were. Replay is harmless."""
    for fact in facts:
        waiting = Correction.objects.filter(dossier=fact.stream.partition(":")[2], decided_at=None)
        waiting.update(decided_at=fact.at, accepted=False, why=TOO_LATE)


CLOSED = Subscriber("corrections.closed", ENDS, close_unanswered, lambda: None)
