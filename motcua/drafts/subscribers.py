"""What was being written for a dossier does not outlive its use: the answer that came another way, the end."""

from collections.abc import Sequence

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.subscribers import dossier_id
from motcua.drafts.models import AnswerPaper, Correcting

ENDS = frozenset({"dossiers.stopped", "dossiers.withdrawn", "dossiers.refused_to_receive"})
NO_MORE = ENDS | {"dossiers.decided"}  # from then on nothing is corrected


def empty(facts: Sequence[Row]) -> None:
    """Throw away files kept for requests that were answered or ended, and corrections that can't be sent any more."""
    ended = [dossier_id(fact) for fact in facts if fact.name in ENDS]
    kept = AnswerPaper.objects.filter(supplement__dossier__in={dossier_id(fact) for fact in facts})
    kept.filter(supplement__answered_at__isnull=False).delete()
    AnswerPaper.objects.filter(supplement__dossier__in=ended).delete()
    Correcting.objects.filter(dossier__in=[dossier_id(fact) for fact in facts if fact.name in NO_MORE]).delete()


EMPTIED = Subscriber("drafts.emptied", NO_MORE | {"dossiers.supplemented"}, empty, lambda: None)
