"""Clock work of dossiers, started by the worker."""

from datetime import UTC, datetime

from django.db.models import Q

from motcua.base.actor import SYSTEM
from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.dossiers import actions
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.states import State

UNANSWERED = "Quá thời hạn bổ sung hồ sơ mà không nhận được phần bổ sung"


def stop_unanswered() -> int:
    """Stop dossiers whose supplement was not answered in time; returns how many. Safe to run at any time, twice too."""
    at = datetime.now(UTC)
    late = Supplement.objects.filter(Q(answered_at=None), answer_by__lt=local(at).date())
    waiting = Standing.objects.filter(state=State.SUPPLEMENTING, dossier__supplements__in=late)
    stopped = 0
    for dossier in waiting.values_list("dossier_id", flat=True)[:500]:
        try:
            actions.stop(dossier, UNANSWERED, by=SYSTEM, at=at)
        except Refused:  # answered or withdrawn between the look and the act: then there is nothing to stop
            continue
        stopped += 1
    return stopped
