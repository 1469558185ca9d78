"""Every read of surveys worth a name. Each says how many queries it costs."""

from datetime import datetime, timedelta

from django.db.models import Count

from motcua.base.errors import NotFound
from motcua.base.worktime import local
from motcua.catalogue.queries import catalogue_version, in_force
from motcua.dossiers.models import Dossier
from motcua.surveys.models import READY, Survey

HEAVY = ("content", "picture", "picture_narrow")
A_YEAR = timedelta(days=365)


def newest() -> Survey | None:
    """The report that is shown: the one made last, without what is heavy. One query."""
    return Survey.objects.filter(state=READY).order_by("-ended_at").defer(*HEAVY).first()


def last() -> Survey | None:
    """The one asked for last, whatever became of it, without its report. One query."""
    return Survey.objects.order_by("-asked_at").defer("head", *HEAVY).first()


def whole() -> Survey:
    """The newest report with its content. One query. Raises `NotFound` ``survey_missing``."""
    found = Survey.objects.filter(state=READY).order_by("-ended_at").defer("picture", "picture_narrow").first()
    if found is None:
        raise NotFound("survey_missing")
    return found


def picture(*, narrow: bool) -> str:
    """The picture of the newest report. One query. Raises `NotFound` ``survey_missing``."""
    column = "picture_narrow" if narrow else "picture"
    found = Survey.objects.filter(state=READY).order_by("-ended_at").values_list(column, flat=True).first()
    if not found:
        raise NotFound("survey_missing")
    return str(found)


def out_of_date() -> bool:
    """Whether the catalogue holds something that the newest report has not read. Two queries."""
    version, found = catalogue_version(), newest()
    return found is None or found.version != version


def volumes(at: datetime) -> dict[str, int]:
    """Dossiers filed here in the twelve months before ``at``, by procedure; one without any is not known, so not in.

    One query.
    """
    filed = Dossier.objects.filter(submitted_at__gt=at - A_YEAR, submitted_at__lte=at)
    return dict(filed.values_list("edition__procedure__code").annotate(many=Count("id")).order_by())


def procedures_in_force(at: datetime) -> int:
    """How many editions a report of today would read. One query."""
    return in_force(local(at).date()).count()
