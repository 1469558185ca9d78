"""Bring many procedures in as drafts: somebody reads them, completes them, and publishes one by one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.catalogue.actions.loading import one_at_a_time
from motcua.catalogue.actions.publishing import draft
from motcua.catalogue.models import Edition
from motcua.catalogue.ports import Record, Rejected
from motcua.catalogue.rules import Report, changed_fields, draft_problems
from motcua.catalogue.states import EDITION


@transaction.atomic
def draft_batch(records: Iterable[Record | Rejected], *, by: Actor, at: datetime) -> Report:
    """Draft what is new or changed in one transaction, and report on everything. Doing it again writes nothing.

    A record is new where no edition of its procedure, published or not, says the same; what the source does not date
    is compared without its day. Raises `Forbidden` when ``by`` may not publish.
    """
    EDITION.check("publish", EDITION.start, by)
    report = Report()
    one_at_a_time()
    for place, record in enumerate(records, 1):
        report.read += 1
        if isinstance(record, Rejected):
            report.refused.append(record)
        else:
            _draft(record, f"#{place}", report, by=by, at=at)
    return report


def _draft(record: Record, where: str, report: Report, *, by: Actor, at: datetime) -> None:
    problems = ["code_twice"] if record.code in report.codes else draft_problems(record.definition)
    if problems:
        report.refused.append(Rejected(record.code, where, "; ".join(problems)[:500]))
        return
    report.note(record.code, record.defects)
    editions = Edition.objects.filter(procedure__code=record.code).order_by("-number")
    differences = [changed_fields(edition.definition, record.definition, record.dated) for edition in editions]
    if () in differences:
        report.unchanged.append(record.code)
        return
    draft(record.definition, by=by, at=at, unfinished=True)
    if differences:
        report.changed[record.code] = differences[0]
    else:
        report.new.append(record.code)
