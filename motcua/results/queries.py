"""Every read of results worth a name."""

import hmac
from uuid import UUID

from motcua.base.errors import NotFound
from motcua.results.models import Result


def verified(number: str, check_code: str) -> Result:
    """The result with this number and the check code of its QR; raises `NotFound` ``result_not_verified`` otherwise.

    A wrong code and an unknown number get the same answer, so that numbers can't be tried out.
    """
    found = Result.objects.select_related("agency", "file").filter(number=number.strip()[:80]).first()
    if found is None or not hmac.compare_digest(found.check_code, check_code.strip().upper()[:20]):
        raise NotFound("result_not_verified")
    return found


def results_of(holder: UUID | str) -> list[Result]:
    """Results handed over to a citizen, newest first; at most 200."""
    mine = Result.objects.select_related("agency").filter(holder=holder, handed_over_at__isnull=False)
    return list(mine.order_by("-issued_at")[:200])


def result_for(reference: str) -> Result | None:
    """The result that answers ``reference``, if it was issued."""
    return Result.objects.select_related("agency").filter(reference=reference).first()


def by_id(result_id: UUID | str) -> Result:
    """The result for making its document; raises `NotFound`."""
    found = Result.objects.select_related("agency").filter(pk=result_id).first()
    if found is None:
        raise NotFound("result_unknown")
    return found
