"""What must hold of certified copies; `motcua check` runs these."""

from collections.abc import Iterator

from django.db.models import Count, Max

from motcua.certifying.actions import KIND
from motcua.certifying.models import Copy
from motcua.results.models import Result


def check_books() -> Iterator[str]:
    """The numbers of every register book run from 1 without a gap (each is given once: a constraint)."""
    lines = Copy.objects.filter(state="certified").values("agency__code", "year")
    for code, year, many, last in lines.annotate(n=Count("id"), last=Max("number")).values_list(
        "agency__code", "year", "n", "last"
    ):
        if many != last:
            yield f"book {year} of {code}: {many} lines, the last number is {last}"


def check_results() -> Iterator[str]:
    """Every certified copy has its own result, and no such result is without its copy."""
    for copy in Copy.objects.filter(state="certified").select_related("result").iterator():
        if copy.result is None or copy.result.reference != copy.stream or copy.result.kind != KIND:
            yield f"copy {copy.certification}: its result is {copy.result}"
    for number in Result.objects.filter(kind=KIND, copy=None).values_list("number", flat=True):
        yield f"result {number} is a certified copy that no book has"
