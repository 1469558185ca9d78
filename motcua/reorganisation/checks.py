"""What must hold after agencies merged, split or were renamed."""

from collections.abc import Iterator

from django.db.models.functions import Now

from motcua.dossiers.models import Standing
from motcua.dossiers.states import OPEN


def check_agencies_live() -> Iterator[str]:
    """No open dossier stands at an agency that has ended and was taken over."""
    open_ones = Standing.objects.filter(state__in=sorted(OPEN), agency__successor__isnull=False)
    ended = open_ones.filter(agency__valid_until__lt=Now())
    for code, agency in ended.values_list("dossier__code", "agency__code")[:1000]:
        yield f"{code}: stands at {agency}, which has ended"
