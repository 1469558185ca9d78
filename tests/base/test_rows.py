"""Rows read by a plain statement are the models that the ORM would have given."""

from uuid import uuid4

from motcua.base.rows import columns, first_row
from motcua.dossiers.models import Dossier, Standing
from motcua.people.models import Agency
from tests.node import Node

TOGETHER = f"""
SELECT {columns(Standing, Dossier, Agency)} FROM dossiers_standing
JOIN dossiers_dossier ON dossiers_dossier.id = dossier_id JOIN people_agency ON people_agency.id = agency_id
WHERE dossier_id = %s
"""


def test_every_column_is_what_the_orm_reads(node: Node) -> None:
    key = node.received().pk
    expected = Standing.objects.select_related("dossier", "agency").get(pk=key)
    found = first_row(TOGETHER, [key], Standing, Dossier, Agency)
    assert found is not None
    for ours, theirs in zip(found, (expected, expected.dossier, expected.agency), strict=True):
        assert type(ours) is type(theirs)
        for field in theirs._meta.concrete_fields:
            assert getattr(ours, field.attname) == getattr(theirs, field.attname), field


def test_no_row_is_none(node: Node) -> None:
    assert first_row(TOGETHER, [uuid4()], Standing, Dossier, Agency) is None
