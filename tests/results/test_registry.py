"""The registry: validity by the words of the edition, states by the rows of the machine, what `motcua check` finds."""

from dataclasses import replace as dc_replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.people.models import Agency, Citizen, Membership, Organisation
from motcua.results import actions, checks
from motcua.results.models import Result
from motcua.results.queries import Search, at_registry, by_file, in_force, registered, represented
from motcua.results.rules import valid_until, validity_known
from motcua.results.states import EXPIRED, LABELS, MACHINE, State
from tests.crowd import together
from tests.node import Node, officer
from tests.results.decided import HOUR, documented, facts, issued, names

DAY = date(2026, 11, 10)
CHECKS = (checks.check_facts, checks.check_waiting, checks.check_documents)


@pytest.mark.parametrize(
    ("words", "until", "known"),
    [
        ("unlimited", None, True),
        ("", None, False),
        ("6 tháng", date(2027, 5, 10), True),
        ("05 năm", date(2031, 11, 10), True),
        ("90 ngày", date(2027, 2, 8), True),
        ("12 tháng kể từ ngày cấp", date(2027, 11, 10), True),
        ("5 Năm kể từ ngày được cấp.", date(2031, 11, 10), True),
        ("0 năm", None, False),
        ("07 đến 10 năm tùy dự án", None, False),
        ("10 năm; 05 năm với người chưa đủ 14 tuổi", None, False),
        ("Khởi công trong 12 tháng kể từ ngày cấp", None, False),
        ("theo nhiệm kỳ", None, False),
    ],
)
def test_what_can_be_read_of_a_validity_is_and_the_rest_is_unknown(
    words: str, until: date | None, known: bool
) -> None:
    assert valid_until(words, DAY) == until
    assert validity_known(words, until) is known


@pytest.mark.parametrize(
    ("first", "words", "last"),
    [
        (date(2026, 8, 31), "6 tháng", date(2027, 2, 28)),
        (date(2024, 2, 29), "1 năm", date(2025, 2, 28)),
        (date(2024, 2, 29), "4 năm", date(2028, 2, 29)),
        (date(2026, 12, 15), "1 tháng", date(2027, 1, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_its_last(first: date, words: str, last: date) -> None:
    assert valid_until(words, first) == last


def test_every_state_has_words_and_every_row_its_verb() -> None:
    assert set(LABELS) == {*State, EXPIRED}
    assert {row.verb for row in MACHINE} <= set(actions.__all__)


def test_a_result_is_suspended_comes_back_and_is_taken_back(node: Node) -> None:
    result = documented(node)
    assert in_force(result, DAY)
    who: dict[str, Any] = {"by": node.approver, "at": node.noon + HOUR}
    found = actions.suspend(result.id, " Đang xác minh ", decision="12/QĐ-UBND", **who)
    assert (found.state, found.state_reason, found.state_decision) == ("suspended", "Đang xác minh", "12/QĐ-UBND")
    assert (found.state_at, in_force(found, DAY)) == (node.noon + HOUR, False)
    found = actions.resume(result.id, "Đã xác minh xong", **who)
    assert (found.state, found.state_decision, in_force(found, DAY)) == ("issued", "", True)
    found = actions.revoke(result.id, "Cấp sai đối tượng", "15/QĐ-UBND", **who)
    assert (found.state, in_force(found, DAY)) == ("revoked", False)
    assert names(result) == ["issued", "documented", "suspended", "resumed", "revoked"]
    assert facts(result)[-1].data == {
        "number": result.number, "reason": "Cấp sai đối tượng", "decision": "15/QĐ-UBND",
    }  # fmt: skip
    assert [list(check()) for check in CHECKS] == [[], [], []]


def replaced(node: Node, old: Result, new: Result | str) -> str:
    """The refusal of replacing ``old`` by ``new``; empty when it was done."""
    number = new if isinstance(new, str) else new.number
    try:
        actions.replace(old.id, "Cấp lại do sai tên", number, by=node.approver, at=node.noon)
    except Refused as no:
        return no.code
    return ""


def test_another_result_stands_in_its_place(node: Node) -> None:
    old, new = documented(node), documented(node, holder_name="Nguyễn Thị Lán")  # the name is what was wrong
    found = actions.replace(old.id, "Cấp lại do sai tên", f" {new.number} ", by=node.approver, at=node.noon)
    assert (found.state, found.replaced_by) == ("replaced", new)
    assert Result.objects.get(pk=new.id).state == "issued"
    third = documented(node)
    assert replaced(node, old, third) == "result_wrong_state"  # a second time
    assert replaced(node, new, old) == "replacement_unknown"  # in a circle
    assert replaced(node, new, third) == ""
    assert replaced(node, third, old) == "replacement_unknown"  # in a longer one
    assert [list(check()) for check in CHECKS] == [[], [], []]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder": "clerk's"}, "replacement_of_another"),
        ({"holder": None, "holder_name": "Trần Thị Sen"}, "replacement_of_another"),
        ({"firm": True}, "replacement_of_another"),
        ({"granted": False}, "replacement_unknown"),
        ({"validity": "1 ngày", "earlier": 3}, "replacement_unknown"),
        ({"ward": "H99.102"}, "replacement_unknown"),
        ({"document": False}, "replacement_unknown"),
        ({"state": "revoked"}, "replacement_unknown"),
        ({"state": "suspended"}, "replacement_unknown"),
        ({"unsigned": True}, "replacement_not_signed"),
        ({"holder": None}, ""),  # asked for at the counter, in the same name
    ],
)
def test_only_what_is_in_force_for_the_same_holder_replaces(node: Node, changes: dict[str, Any], code: str) -> None:
    given, old = dict(changes), documented(node)
    if given.get("holder"):
        given["holder"] = Citizen.objects.exclude(pk=node.mother.id).earliest("id").pk
    if given.pop("firm", False):
        firm = Organisation.objects.create(tax_code="0100109106", name="Hoa Sen", folded_name="hoa sen")
        given["holder_organisation"] = firm.id
    if ward := given.pop("ward", ""):
        given["agency"] = Agency.objects.get(code=ward).id
    earlier, state, unsigned = given.pop("earlier", 0), given.pop("state", "issued"), given.pop("unsigned", False)
    new = documented(node, **given) if given.pop("document", True) else issued(node, **given)
    began = new.valid_from - timedelta(days=earlier)
    Result.objects.filter(pk=new.pk).update(state=state, valid_from=began)
    if earlier:
        Result.objects.filter(pk=new.pk).update(valid_until=began)
    if unsigned:
        Result.objects.filter(pk=old.pk).update(signed_by="Bùi Quang Vinh")
    assert replaced(node, old, new) == code
    assert Result.objects.get(pk=old.pk).state == ("issued" if code else "replaced")
    assert names(old) == ["issued", "documented", *([] if code else ["replaced"])]


def test_two_results_replacing_each_other_at_once_never_close_a_circle(committed_node: Node) -> None:
    node = committed_node
    one, two = documented(node), documented(node)
    told = together(lambda: replaced(node, one, two), lambda: replaced(node, two, one))
    assert sorted(told) == ["", "replacement_unknown"]
    assert sorted(Result.objects.values_list("state", flat=True)) == ["issued", "replaced"]


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (lambda its, _, **w: actions.suspend(its, "Đang xác minh", **w), "result_suspended", "Đang xác minh"),
        (lambda its, _, **w: actions.revoke(its, "Cấp sai", "1/QĐ", **w), "result_revoked", "Cấp sai"),
        (lambda its, new, **w: actions.replace(its, "Sai tên", new, **w), "result_replaced", "Sai tên"),
    ],
)
def test_what_does_not_count_is_not_handed_over(node: Node, change: Any, code: str, told: str) -> None:
    result, new = documented(node), documented(node)
    change(result.id, new.number, by=node.approver, at=node.noon)
    before = names(result)
    with pytest.raises(Refused, match=code) as refused:
        actions.hand_over(result.reference, by=node.reception, at=node.noon)
    assert (refused.value.details["number"], refused.value.details["reason"]) == (result.number, told)
    assert refused.value.details["new"] == (new.number if code == "result_replaced" else "")
    assert (Result.objects.get(pk=result.pk).handed_over_at, names(result)) == (None, before)


def test_what_was_suspended_and_holds_again_is_handed_over(node: Node) -> None:
    result = documented(node)
    actions.suspend(result.id, "Đang xác minh", by=node.approver, at=node.noon)
    actions.resume(result.id, "Đã xác minh", by=node.approver, at=node.noon)
    actions.hand_over(result.reference, by=node.reception, at=node.noon)
    assert names(result)[-1] == "handed_over"


def test_handed_over_twice_the_first_time_stays(node: Node) -> None:
    result = documented(node)
    first = actions.hand_over(result.reference, by=node.reception, at=node.noon)
    assert first.handed_over_at == node.noon
    actions.revoke(result.id, "Cấp sai", "1/QĐ", by=node.approver, at=node.noon)
    again = actions.hand_over(result.reference, by=node.reception, at=node.noon + HOUR)
    assert (again.handed_over_at, Result.objects.get(pk=result.pk).handed_over_at) == (node.noon, node.noon)
    assert names(result) == ["issued", "documented", "handed_over", "revoked"]


def test_only_who_works_on_dossiers_reads_the_registry(node: Node) -> None:
    result = documented(node)
    admin = dc_replace(node.clerk, roles=frozenset({"administrator"}))
    for by in (admin, node.mother, SYSTEM):
        before = Fact.objects.count()
        for read in (
            lambda by=by: registered(by, Search(), on=DAY),
            lambda by=by: actions.read(result.id, by=by, at=node.noon),
        ):
            with pytest.raises(Forbidden, match="wrong_role"):
                read()
        assert Fact.objects.count() == before
    for by in (node.reception, node.clerk, node.approver):
        assert [each.pk for each in registered(by, Search(), on=DAY)] == [result.pk]
        assert actions.read(result.id, by=by, at=node.noon) == result
    looks = Fact.objects.filter(name="results.looked", stream__startswith=f"look-result:{result.id}:")
    assert sorted(looks.values_list("actor", flat=True)) == sorted(
        each.ref for each in (node.reception, node.clerk, node.approver)
    )


def refusals(node: Node) -> list[tuple[str, Any, type[Refused]]]:
    """What is refused about a fresh result, and by which class."""
    who: dict[str, Any] = {"by": node.approver, "at": node.noon}
    letter = issued(node, granted=False)
    return [
        ("reason_missing", lambda its: actions.suspend(its.id, " \u200b ", **who), Invalid),
        ("reason_too_long", lambda its: actions.suspend(its.id, "x" * 2001, **who), Invalid),
        ("decision_missing", lambda its: actions.revoke(its.id, "Sai", "  ", **who), Invalid),
        ("result_wrong_state", lambda its: actions.resume(its.id, "Sai", **who), Refused),
        ("wrong_role", lambda its: actions.suspend(its.id, "Sai", by=node.clerk, at=node.noon), Forbidden),
        ("wrong_role", lambda its: actions.revoke(its.id, "Sai", "1", by=node.mother, at=node.noon), Forbidden),
        ("result_unknown", lambda its: actions.revoke(its.id, "Sai", "1", by=node.stranger, at=node.noon), NotFound),
        ("replacement_unknown", lambda its: actions.replace(its.id, "Sai", its.number, **who), Invalid),
        ("replacement_unknown", lambda its: actions.replace(its.id, "Sai", "9/9/KQ\x00", **who), Invalid),
        ("replacement_unknown", lambda its: actions.replace(its.id, "Sai", letter.number, **who), Invalid),
        ("result_unknown", lambda its: actions.suspend(node.agency.id, "Sai", **who), NotFound),
    ]


def test_whatever_is_refused_changes_nothing(node: Node) -> None:
    result = issued(node)
    for code, act, kind in refusals(node):
        before = Fact.objects.count()
        with pytest.raises(kind, match=code):
            act(result)
        assert (Fact.objects.count(), Result.objects.get(pk=result.id).state) == (before, "issued")


def test_the_approver_of_another_agency_finds_no_such_result(node: Node) -> None:
    other = officer("chutich.hoamai", Agency.objects.get(code="H99.102"))
    result = issued(node)
    with pytest.raises(NotFound, match="result_unknown"):
        actions.suspend(result.id, "Không phải việc của tôi", by=other, at=node.noon)
    with pytest.raises(NotFound, match="result_unknown"):
        at_registry(result.id, other)
    assert registered(other, Search(), on=DAY) == []
    assert names(result) == ["issued"]


def test_what_expires_is_computed_and_what_is_unknown_is_not_said_to_hold_for_ever(node: Node) -> None:
    half, unknown = documented(node, validity="6 tháng"), documented(node, validity="theo nhiệm kỳ")
    assert (half.valid_from, half.valid_until) == (DAY, date(2027, 5, 10))
    assert (in_force(half, date(2027, 5, 10)), in_force(half, date(2027, 5, 11))) == (True, False)
    assert (half.state_on(date(2027, 5, 11)), half.state) == (EXPIRED, "issued")
    assert not in_force(half, DAY - timedelta(days=1))
    assert (unknown.valid_until, unknown.validity_known) == (None, False)
    assert not in_force(documented(node, granted=False), DAY)
    assert not in_force(issued(node), DAY)  # its document is not there yet


def test_the_registry_is_searched_by_number_holder_and_state(node: Node) -> None:
    lan, half = issued(node), issued(node, holder_name="Đỗ Văn Bình", validity="6 tháng")
    taken = issued(node, holder_name="Trần Thị Sen")
    actions.revoke(taken.id, "Sai", "1/QĐ", by=node.approver, at=node.noon)
    later = date(2027, 6, 1)

    def found(on: date = DAY, **asked: Any) -> list[str]:
        return [each.number for each in registered(node.clerk, Search(**asked), on=on)]

    assert found() == [taken.number, half.number, lan.number]
    assert found(text="do van b") == found(text="ĐỖ VĂN") == [half.number]
    assert found(text=lan.number) == [lan.number]
    assert found(text="100% _") == found(text="\x00'") == []
    assert found(state="revoked") == [taken.number]
    assert found(state="issued") == [half.number, lan.number]
    assert found(later, state="issued") == [lan.number]
    assert found(later, state=EXPIRED) == [half.number]
    assert found(after=half.id) == [lan.number]


def test_an_organisation_holds_what_its_representative_asked_for(node: Node) -> None:
    mother = Citizen.objects.get(pk=node.mother.id)
    firm = Organisation.objects.create(tax_code="0100109106", name="Công ty Hoa Sen", folded_name="cong ty hoa sen")
    assert represented(mother.id, "0100109106") is None
    Membership.objects.create(organisation=firm, citizen=mother)
    assert represented(mother.id, " 0100 109106 ") == firm.id
    assert represented(mother.id, "không phải số") is None
    assert represented(mother.id, "") is None
    assert represented(None, "0100109106") is None


def test_a_document_is_found_by_its_hash(node: Node) -> None:
    result = documented(node)
    assert by_file(str(result.file_id)) == result
    assert by_file("0" * 64) is None


def test_a_changed_state_is_found_by_the_check(node: Node) -> None:
    result = documented(node)
    Result.objects.filter(pk=result.pk).update(state="revoked", signed_by="Ai đó")
    assert list(checks.check_facts()) == [
        f"result {result.stream}: state is 'revoked', its facts say 'issued'; signed by is 'Ai đó', its facts say ''"
    ]
