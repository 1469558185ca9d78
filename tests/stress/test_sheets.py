"""Ten thousand rows of which thirty-seven are wrong: exactly those are told, the others go in, once."""

import random

import pytest

from motcua.desks import jobs
from motcua.desks.queries import faults_of
from motcua.dossiers.models import Dossier, Standing
from tests.desks.test_sheets import OWNER, counts, done, reasons, right, sheet
from tests.node import Node

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS, WRONG = 10_000, 37
SPOILED = (
    ("ngay_sinh", "30/02/2026", "date"),
    ("gioi_tinh", "không rõ", "not_an_option"),
    ("ho_so.so_dinh_danh", "123", "identity_number_length"),
    ("ho_so.chu", "", "required"),
)


def test_ten_thousand_rows_of_which_some_are_wrong(node: Node) -> None:
    jobs._readings.clear()
    rows = [right(number) for number in range(ROWS)]
    wrong = {}
    for count, number in enumerate(sorted(random.Random(37).sample(range(ROWS), WRONG))):
        name, value, code = SPOILED[count % len(SPOILED)]
        rows[number][name], wrong[number + 2] = value, code
    content = sheet(rows)
    run = done(node, content)
    assert counts(run) == (ROWS - WRONG, 0, WRONG)
    assert {row: [code for _, code in found] for row, found in reasons(run).items()} == {
        row: [code] for row, code in wrong.items()
    }
    assert {each.faults[0]["column"] for each in faults_of(run)} >= {OWNER}
    assert Dossier.objects.count() == Standing.objects.filter(state="submitted").count() == ROWS - WRONG
    assert counts(done(node, content)) == (0, ROWS - WRONG, WRONG)
