"""Reads of the catalogue: what they give, and how many queries they cost."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotFound
from motcua.catalogue import actions, queries
from motcua.catalogue.models import Procedure
from tests.catalogue.samples import definition, record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
NAMES = ["Ấp trứng", "An táng", "Đóng thuyền", "Dạy nghề", "Yêu cầu"]


@pytest.fixture
def catalogue(noon: datetime) -> None:
    """Five procedures over two fields, three of them of the commune."""
    records = [
        record(
            f"9.00000{number}",
            name={"vi": name},
            field="Nghề" if number % 2 else "Đời sống",
            levels=["commune", "province"] if number < 3 else ["ministry"],
            subjects=["citizen"] if number else ["enterprise"],
            life_events=["viec-lam"] if number == 3 else [],
            agency=f"Ủy ban nhân dân số {number}",
            ministry="Bộ Nội vụ",
        )
        for number, name in enumerate(NAMES)
    ]
    actions.load_batch(records, source="x", by=SYSTEM, at=noon)
    actions.draft(definition("9.000009"), by=SYSTEM, at=noon)


def names(**filters: str) -> list[str]:
    return [procedure.name for procedure in queries.listed(**filters).order_by("folded_name")]


def test_lists_leave_out_drafts_and_pass_every_filter(catalogue: None) -> None:
    assert names() == ["An táng", "Ấp trứng", "Dạy nghề", "Đóng thuyền", "Yêu cầu"]
    assert names(field="nghe") == ["An táng", "Dạy nghề"]
    assert names(level="province") == ["An táng", "Ấp trứng", "Đóng thuyền"]
    assert names(subject="enterprise") == ["Ấp trứng"]
    assert names(life_event="viec-lam") == ["Dạy nghề"]
    assert names(agency="số 4") == ["Yêu cầu"]
    assert names(ministry="Bộ Nội vụ", level="commune", field="nghe") == ["An táng"]
    assert names(level="moon") == []


def test_pages_follow_each_other_without_gap_or_repetition(catalogue: None) -> None:
    pages, after = [], None
    while True:
        rows, after = queries.browse({}, after=after, size=2)
        pages.append([row.name for row in rows])
        if after is None:
            break
    assert pages == [["An táng", "Ấp trứng"], ["Dạy nghề", "Đóng thuyền"], ["Yêu cầu"]]


def test_procedures_of_one_name_are_paged_by_code(noon: datetime) -> None:
    records = [record(f"9.00000{number}", name={"vi": "Như nhau"}) for number in range(3)]
    actions.load_batch(records, source="x", by=SYSTEM, at=noon)
    rows, after = queries.browse({}, size=2)
    assert [row.code for row in rows] == ["9.000000", "9.000001"]
    assert [row.code for row in queries.browse({}, after=after, size=2)[0]] == ["9.000002"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_one_query(catalogue: None, size: int, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows, _ = queries.browse({}, size=size)
        assert [row.field.name for row in rows] == ["Nghề", "Đời sống", "Nghề"][:size]


def test_the_page_of_a_procedure_costs_two_queries_and_its_plan_is_kept(
    catalogue: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        page = queries.procedure_page("9.000001", TODAY)
    assert (page.procedure.name, page.procedure.field.name, page.next_from) == ("An táng", "Nghề", None)
    assert (page.plan.code, page.plan.fileable, list(page.plan.steps)) == (
        "9.000001",
        True,
        ["tiep-nhan", "xet", "ky", "tra"],
    )
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.plan(page.edition.id) is page.plan
        assert page.plan.form is page.plan.form
        assert page.plan.form_definition["title"] == "Đơn đề nghị: An táng"
        assert page.plan.obstacle("postal") == "channel_not_offered"


def test_the_page_says_when_the_next_edition_comes(catalogue: None, noon: datetime) -> None:
    changed = record("9.000001", name={"vi": "An táng"}, in_force={"from": "2027-03-01"})
    actions.load_batch([changed], source="x", by=SYSTEM, at=noon)
    assert queries.procedure_page("9.000001", TODAY).next_from == date(2027, 3, 1)
    assert queries.procedure_page("9.000001", date(2027, 3, 1)).next_from is None


def test_the_plan_of_a_draft_is_not_kept(noon: datetime) -> None:
    edition = actions.draft(definition(), by=SYSTEM, at=noon)
    assert queries.plan(edition.id) is not queries.plan(edition.id)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NotFound) as refusal:
        queries.edition_for("9.999999", TODAY)
    assert refusal.value.code == "procedure_unknown"
    with pytest.raises(NotFound) as refusal:
        queries.plan(uuid4())
    assert refusal.value.code == "edition_unknown"


def test_fields_are_counted_by_what_is_listed(catalogue: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        counted = [(field.name, many) for field, many in queries.counts_by_field()]
    assert counted == [("Đời sống", 3), ("Nghề", 2)]


def test_other_columns_are_counted_too(catalogue: None) -> None:
    assert queries.counts_by("level") == {"commune": 3, "province": 3, "ministry": 2}
    assert queries.counts_by("ministry") == {"Bộ Nội vụ": 5}


def test_procedures_come_in_the_order_asked_for(catalogue: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.procedures_by_code(["9.000004", "9.000009", "9.7", "9.000000"])
    assert [procedure.code for procedure in found] == ["9.000004", "9.000000"]


def test_every_definition_in_force_comes_once(catalogue: None) -> None:
    assert [definition.name.vi for _, definition in queries.definitions(TODAY)] == NAMES
    assert list(queries.definitions(date(2025, 1, 1))) == []


def test_the_editions_of_a_procedure_come_newest_first(catalogue: None, noon: datetime) -> None:
    actions.load_batch([record("9.000001", name={"vi": "An táng"})], source="x", by=SYSTEM, at=noon)
    assert [edition.number for edition in queries.editions_of("9.000001")] == [2, 1]
    assert Procedure.objects.get(code="9.000001").field.name == "Thư viện"
