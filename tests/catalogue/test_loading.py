"""Loading many procedures: only what changed is written, the report says what, and nothing is half-written."""

from datetime import date, datetime

import pytest

from motcua.base import ledger
from motcua.base.actor import SYSTEM
from motcua.base.models import Fact
from motcua.catalogue.actions import load_batch, load_fields
from motcua.catalogue.models import Edition, Field, Procedure
from motcua.catalogue.ports import Defect, Record, Rejected
from motcua.catalogue.queries import catalogue_version, edition_for
from motcua.catalogue.rules import Report
from tests.catalogue.samples import record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


def load(noon: datetime, *records: Record | Rejected) -> Report:
    return load_batch(records, source="test.json", by=SYSTEM, at=noon)


def test_what_is_new_is_published(noon: datetime) -> None:
    report = load(noon, record("9.000001"), record("9.000002"))
    assert (report.read, report.new, report.codes) == (2, ["9.000001", "9.000002"], ["9.000001", "9.000002"])
    edition = edition_for("9.000001", TODAY)
    assert (edition.number, edition.in_force_from, edition.rank) == (1, date(2026, 1, 1), 2)
    assert edition.procedure.field == Field.objects.get(code="thu-vien")
    assert [fact.name for fact in ledger.facts_of("procedure:9.000001")] == ["catalogue.edition_published"]
    (told,) = ledger.facts_of("catalogue")
    assert told.data == {
        "source": "test.json", "read": 2, "new": 2, "changed": 0, "unchanged": 0, "kept": 0, "refused": 0,
    }  # fmt: skip


def test_doing_it_again_writes_nothing(noon: datetime) -> None:
    load(noon, record(), record("9.000002", rank=1, dated=False))
    before = Fact.objects.count(), Edition.objects.count(), catalogue_version()
    report = load(noon, record(), record("9.000002", rank=1, dated=False, in_force={"from": "2026-09-09"}))
    assert (report.new, report.changed, report.unchanged) == ([], {}, ["9.000001", "9.000002"])
    assert (Fact.objects.count(), Edition.objects.count(), catalogue_version()) == before


def test_what_changed_becomes_a_new_edition_from_today_on(noon: datetime) -> None:
    load(noon, record(), record("9.000002"))
    report = load(noon, record(online="partial", law=["1/2026/QH16"]), record("9.000002"))
    assert (report.changed, report.unchanged) == ({"9.000001": ("law", "online")}, ["9.000002"])
    old, new = Edition.objects.filter(procedure__code="9.000001").order_by("number")
    assert (old.state, old.in_force_until) == ("expired", TODAY)
    assert (new.state, new.number, new.in_force_from) == ("published", 2, TODAY)
    assert edition_for("9.000001", date(2026, 11, 9)) == old
    assert Procedure.objects.get(code="9.000001").online == "partial"
    names = [fact.name.removeprefix("catalogue.edition_") for fact in ledger.facts_of("procedure:9.000001")]
    assert names == ["published", "expired", "published"]
    assert list(ledger.broken_facts()) == []


def test_two_changes_on_one_day_leave_one_edition_in_force(noon: datetime) -> None:
    for online in ("full", "partial", "information"):
        load(noon, record(online=online))
    assert edition_for("9.000001", TODAY).number == 3
    assert [edition.in_force_until for edition in Edition.objects.order_by("number")] == [TODAY, TODAY, None]


def test_a_change_announced_for_later_waits(noon: datetime) -> None:
    load(noon, record())
    load(noon, record(online="partial", in_force={"from": "2027-01-01"}))
    assert edition_for("9.000001", date(2026, 12, 31)).number == 1
    assert edition_for("9.000001", date(2027, 1, 1)).number == 2
    assert Procedure.objects.get(code="9.000001").online == "full"


def test_a_source_that_knows_less_replaces_nothing(noon: datetime) -> None:
    load(noon, record(rank=2))
    report = load(noon, record(rank=1, online="partial", process=[]))
    assert (report.kept, report.changed, report.codes) == (["9.000001"], {}, ["9.000001"])
    assert edition_for("9.000001", TODAY).procedure.fileable is True


def test_a_source_that_knows_more_replaces_one_that_knows_less(noon: datetime) -> None:
    load(noon, record(rank=1, dated=False, process=[], in_force={"from": "2026-07-01"}))
    report = load(noon, record())
    assert list(report.changed) == ["9.000001"]
    assert edition_for("9.000001", TODAY).procedure.fileable is True
    assert edition_for("9.000001", date(2026, 11, 9)).procedure.fileable is True


def test_what_may_not_be_published_is_refused_alone(noon: datetime) -> None:
    report = load(
        noon,
        record("9.000001", levels=["village"]),
        Rejected("9.000003", "f#2", "definition_malformed"),
        record("9.000002"),
        record("9.000002"),
    )
    assert report.refused == [
        Rejected("9.000001", "#1", "levels: 'village' unknown"),
        Rejected("9.000003", "f#2", "definition_malformed"),
        Rejected("9.000002", "#4", "code_twice"),
    ]
    assert (report.read, report.new) == (4, ["9.000002"])
    assert list(Procedure.objects.values_list("code", flat=True)) == ["9.000002"]


def test_a_failure_in_the_middle_leaves_nothing(noon: datetime) -> None:
    def records() -> object:
        yield record("9.000001")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        load_batch(records(), source="x", by=SYSTEM, at=noon)  # type: ignore[arg-type]
    assert (Procedure.objects.count(), Edition.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_two_codes_under_one_name_are_reported_in_one_file_and_across_files(noon: datetime) -> None:
    def same(code: str) -> Record:
        return record(code, name={"vi": "Cấp thẻ  Thư viện"})

    assert load(noon, same("9.000001"), same("9.000002")).defective["same_name_two_codes"] == {"9.000001", "9.000002"}
    assert load(noon, same("9.000003")).defective["same_name_two_codes"] == {"9.000003"}
    assert "same_name_two_codes" not in load(noon, record("9.000004")).defective


def test_the_report_counts_defects_by_kind_with_three_examples(noon: datetime) -> None:
    odd = (Defect("limit_without_unit", "channels.direct", "1"),) * 2
    report = load(noon, *(Record(f"9.00000{n}", record(f"9.00000{n}").definition, odd) for n in range(5)))
    assert report.plain()["defects"]["limit_without_unit"] == {
        "count": 10,
        "procedures": 5,
        "examples": ["9.000000", "9.000001", "9.000002"],
        "meaning": "thời hạn không có đơn vị",
    }


def test_reports_of_files_add_up() -> None:
    first = Report(read=1, new=["a"], occurrences={"x": 1}, defective={"x": {"a"}})
    first.add(Report(read=2, unchanged=["b"], kept=["c"], occurrences={"x": 2}, defective={"x": {"b"}}))
    assert (first.read, first.codes, first.occurrences, first.defective) == (
        3,
        ["a", "b", "c"],
        {"x": 3},
        {"x": {"a", "b"}},
    )


@pytest.mark.parametrize("many", [1, 3])
def test_a_load_takes_the_same_number_of_queries_for_one_and_for_three(
    noon: datetime, many: int, django_assert_num_queries: object
) -> None:
    records = [record(f"9.00000{number}") for number in range(many)]
    with django_assert_num_queries(18):  # type: ignore[operator]
        load(noon, *records)


def test_fields_are_named_in_both_languages_and_again(noon: datetime) -> None:
    load(noon, record())
    rows = [{"code": "thu-vien", "name": {"vi": "Thư viện", "en": "Libraries"}, "ministry": "Bộ Văn hóa"}]
    assert load_fields(rows, by=SYSTEM) == load_fields(rows, by=SYSTEM) == 1
    assert [(one.name, one.name_en, one.ministry) for one in Field.objects.all()] == [
        ("Thư viện", "Libraries", "Bộ Văn hóa")
    ]
