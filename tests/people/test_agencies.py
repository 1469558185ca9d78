"""Agencies in their tree, with every code they ever had."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from motcua.base import ledger
from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.people import actions, checks, queries
from motcua.people.models import Agency, AgencyCode, Post

Make = Callable[..., Agency]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
CLERK = Actor("officer:1", roles=frozenset({"clerk"}))


def names(agency: Agency) -> list[str]:
    return [fact.name for fact in ledger.facts_of(f"agency:{agency.id}")]


def sound() -> list[str]:
    return [*checks.check_agency_tree(), *checks.check_codes_overlap(), *checks.check_posts()]


def test_both_written_forms_of_a_code_lead_to_the_agency(agency: Make) -> None:
    ward = agency("H99.101")
    for code in ("H99.101", "000.00.101.H99", "101.h99"):
        assert queries.resolve(code, on=AFTER) == ward


def test_a_code_nobody_had_by_then_is_not_found(agency: Make) -> None:
    agency("H99.101", valid_from=AFTER)
    with pytest.raises(NotFound, match="agency_unknown"):
        queries.resolve("H99.101", on=BEFORE)
    with pytest.raises(NotFound, match="agency_unknown"):
        queries.resolve("H99.999", on=AFTER)
    with pytest.raises(Invalid, match="agency_code_malformed"):
        queries.resolve("H99/101", on=AFTER)


def test_creating_an_agency_records_one_fact(agency: Make) -> None:
    ward = agency("000.00.101.H99")
    facts = ledger.facts_of(f"agency:{ward.id}")
    assert [(fact.name, fact.data, fact.actor) for fact in facts] == [
        ("people.agency_created", {"agency": str(ward.id), "code": "H99.101"}, "system")
    ]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"level": "district"}, "agency_level_unknown"),
        ({"name": " \u200b "}, "agency_name_missing"),
        ({"code": "X"}, "agency_code_malformed"),
        ({"code": "101.H99"}, "agency_code_taken"),
    ],
)
def test_an_agency_that_makes_no_sense_is_refused_and_nothing_is_written(
    agency: Make, noon: datetime, wrong: dict[str, str], code: str
) -> None:
    agency("H99.101")
    told = {"code": "H99.102", "name": "Phường", "level": "commune", "valid_from": AFTER, **wrong}
    with pytest.raises(Refused, match=code):
        actions.create_agency(actions.NewAgency(**told), by=SYSTEM, at=noon)  # type: ignore[arg-type]
    assert (Agency.objects.count(), AgencyCode.objects.count()) == (1, 1)


def test_only_administrators_change_the_tree(agency: Make, noon: datetime) -> None:
    ward, other = agency("H99.101"), agency("H99.102")
    new = actions.NewAgency("H99.103", "Phường", "commune", AFTER)
    with pytest.raises(Forbidden):
        actions.create_agency(new, by=CLERK, at=noon)
    with pytest.raises(Forbidden):
        actions.merge(ward, other, on=AFTER, by=CLERK, at=noon)
    with pytest.raises(Forbidden):
        actions.recode(ward, "H99.109", on=AFTER, by=CLERK, at=noon)
    with pytest.raises(Forbidden):
        actions.change_agency(ward, {"name": "Khác"}, by=CLERK, at=noon)
    assert (Agency.objects.count(), names(ward)) == (2, ["people.agency_created"])


def test_the_codes_of_a_merged_agency_lead_to_who_took_over(agency: Make, noon: datetime) -> None:
    old, new = agency("H99.21.01"), agency("H99.101", valid_from=AFTER)
    actions.merge(old, new, on=AFTER, by=SYSTEM, at=noon)
    assert queries.resolve("H99.21.01", on=BEFORE) == old
    assert queries.resolve("H99.21.01", on=AFTER) == new
    assert queries.resolve("000.01.21.H99", on=date(2030, 1, 1)) == new
    assert names(old) == ["people.agency_created", "people.agency_merged"]
    assert sound() == []


def test_mergers_in_a_row_are_followed_to_the_end(agency: Make, noon: datetime) -> None:
    first, second, third = agency("H99.01"), agency("H99.02"), agency("H99.03")
    actions.merge(first, second, on=date(2022, 1, 1), by=SYSTEM, at=noon)
    actions.merge(second, third, on=AFTER, by=SYSTEM, at=noon)
    found = [queries.resolve("H99.01", on=day) for day in (date(2021, 12, 31), date(2022, 1, 1), BEFORE, AFTER)]
    assert found == [first, second, second, third]


def test_a_code_may_pass_on_to_the_agency_that_took_over(agency: Make, noon: datetime) -> None:
    old, new = agency("H01", level="province"), agency("H30", level="province")
    actions.merge(old, new, on=AFTER, by=SYSTEM, at=noon)
    actions.recode(new, "H01", on=AFTER, by=SYSTEM, at=noon)
    assert queries.resolve("H01", on=BEFORE) == old
    assert queries.resolve("H01", on=AFTER) == queries.resolve("H30", on=AFTER) == new
    assert sound() == []


def test_a_recoded_agency_answers_to_both_codes_and_the_code_is_free_again(agency: Make, noon: datetime) -> None:
    ward = agency("H99.204")
    actions.recode(ward, "H99.104", on=AFTER, by=SYSTEM, at=noon)
    assert queries.resolve("H99.204", on=AFTER) == queries.resolve("H99.104", on=AFTER) == ward
    later = agency("H99.204", valid_from=date(2026, 1, 1))
    assert queries.resolve("H99.204", on=AFTER) == ward
    assert queries.resolve("H99.204", on=date(2026, 1, 1)) == later


def test_no_two_agencies_share_a_code_on_one_day(agency: Make) -> None:
    agency("H99.101")
    with pytest.raises(Refused, match="agency_code_taken"):
        agency("000.00.101.H99", valid_from=date(2030, 1, 1))


def test_a_merger_takes_along_what_stood_below_and_ends_posts(agency: Make, noon: datetime) -> None:
    old, new = agency("H98", level="province"), agency("H99", level="province")
    ward = agency("H98.101", parent=old)
    account = actions.open_account("can.bo", "mùa thu Hà Nội", at=noon)
    officer = actions.take_on(account, "Đỗ Thu Hà", by=SYSTEM, at=noon)
    actions.appoint(officer, old, "clerk", since=old.valid_from, by=SYSTEM, at=noon)
    actions.merge(old, new, on=AFTER, by=SYSTEM, at=noon)
    ward.refresh_from_db()
    assert ward.parent == new
    assert Post.objects.get().valid_until == BEFORE
    told = [fact.name for fact in ledger.facts_of(f"officer:{officer.id}")]
    assert told == ["people.officer_taken_on", "people.officer_appointed", "people.post_ended"]
    assert sound() == []


def test_a_merger_that_makes_a_circle_or_repeats_is_refused(agency: Make, noon: datetime) -> None:
    top = agency("H99", level="province")
    ward = agency("H99.101", parent=top)
    other = agency("H99.102", parent=top)
    for old, into, code in (
        (ward, ward, "agency_merge_below"),
        (top, ward, "agency_merge_below"),
        (ward, agency("H99.103", valid_from=date(2026, 1, 1)), "agency_closed"),
    ):
        with pytest.raises(Refused, match=code):
            actions.merge(old, into, on=AFTER, by=SYSTEM, at=noon)
    actions.merge(ward, other, on=AFTER, by=SYSTEM, at=noon)
    with pytest.raises(Refused, match="agency_closed"):
        actions.merge(ward, other, on=AFTER, by=SYSTEM, at=noon)
    with pytest.raises(Refused, match="agency_closed"):
        actions.merge(other, ward, on=AFTER, by=SYSTEM, at=noon)
    assert names(ward).count("people.agency_merged") == 1


def test_an_agency_that_ended_without_successor_is_told_as_closed(agency: Make) -> None:
    ward = agency("H99.101")
    Agency.objects.filter(id=ward.id).update(valid_until=BEFORE)
    assert queries.resolve("H99.101", on=BEFORE) == ward
    with pytest.raises(NotFound, match="agency_closed"):
        queries.resolve("H99.101", on=AFTER)


def test_changing_an_agency_writes_only_what_differs(agency: Make, noon: datetime) -> None:
    ward = agency("H99.101", fields=("ho-tich",))
    assert actions.change_agency(ward, {"fields": ["ho-tich"]}, by=SYSTEM, at=noon) == []
    assert actions.change_agency(ward, {"name": "Phường", "fields": ["dat-dai"]}, by=SYSTEM, at=noon) == [
        "fields",
        "name",
    ]
    assert names(ward) == ["people.agency_created", "people.agency_changed"]
    with pytest.raises(Invalid, match="field_unknown"):
        actions.change_agency(ward, {"code": "H98"}, by=SYSTEM, at=noon)


def test_the_lowest_level_decides_and_the_field_chooses_the_department(agency: Make) -> None:
    province = agency("H99", level="province")
    justice = agency("H99.01", level="department", parent=province, fields=("ho-tich", "quoc-tich"))
    agency("H99.02", level="department", parent=province, fields=("thue",))
    wards = [agency("H99.101", parent=province), agency("H99.102", parent=province)]
    ministry = agency("G99", level="ministry")

    def decide(field: str, *levels: str) -> list[Agency]:
        return queries.competent_agencies(levels=levels, field=field, on=AFTER)

    assert decide("Hộ tịch", "province") == [justice]
    assert decide("Hộ tịch", "province", "commune") == wards
    assert decide("Chăn nuôi", "province") == [province]
    assert decide("quoc-tich", "other") == [justice]
    assert decide("Hộ tịch", "ministry", "province") == [justice]
    assert decide("Hộ tịch", "ministry") == [ministry]
    assert decide("Hộ tịch") == decide("Hộ tịch", "district") == []


@pytest.mark.parametrize("wards", [1, 3])
def test_lists_take_the_same_queries_for_one_and_for_three(
    agency: Make, wards: int, django_assert_num_queries: Callable
) -> None:
    top = agency("H99", level="province")
    for number in range(wards):
        agency(f"H99.10{number}", parent=top)
    with django_assert_num_queries(1):
        assert len([one.parent and one.parent.code for one in queries.agencies(on=AFTER)]) == wards + 1
    with django_assert_num_queries(1):
        assert len(queries.competent_agencies(levels=["commune"], field="Hộ tịch", on=AFTER)) == wards
    with django_assert_num_queries(2):
        assert len(queries.below(top, on=AFTER)) == wards + 1


def test_the_checks_name_a_circle_a_lost_code_and_a_stray_post(agency: Make, noon: datetime) -> None:
    first, second = agency("H99.101"), agency("H99.102")
    Agency.objects.filter(id=first.id).update(parent=second)
    Agency.objects.filter(id=second.id).update(parent=first)
    assert sorted(checks.check_agency_tree()) == [
        "agency H99.101: its line of parents is a circle",
        "agency H99.102: its line of parents is a circle",
    ]
    Agency.objects.filter(id=first.id).update(code="H99.109", valid_from=AFTER)
    assert checks.check_codes_overlap() == [
        "code H99.101 begins before its agency",
        "agency H99.109: its last code on record is H99.101",
    ]
    account = actions.open_account("can.bo", "mùa thu Hà Nội", at=noon)
    officer = actions.take_on(account, "Đỗ Thu Hà", by=SYSTEM, at=noon)
    post = actions.appoint(officer, second, "clerk", since=second.valid_from, by=SYSTEM, at=noon)
    Agency.objects.filter(id=second.id).update(valid_until=BEFORE)
    assert checks.check_posts() == [f"post {post.id}: clerk at H99.102 when it did not exist"]
