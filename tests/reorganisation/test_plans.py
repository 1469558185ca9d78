"""What may stand in a plan, and what is told before anything happens."""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.reorganisation.plan import Unit, merge, parse, plain, problems, receiver, rename, unit_of

KNOWN = {"H99": True, "H99.101": True, "H99.102": True, "H99.103": True, "H99.104": False}


def plan(**changes: Any) -> Any:
    raw = {
        "day": "2026-11-11",
        "decision": "12/NQ-HĐND",
        "units": [{"code": "H99.201", "name": "UBND phường Hoa Mới", "level": "commune", "parent": "H99"}],
        "endings": [{"agency": "H99.101", "into": ["H99.201"]}, {"agency": "H99.102", "into": ["H99.201"]}],
    }
    return parse(raw | changes)


def test_a_sound_plan_has_no_problems_and_comes_back_from_its_plain_values() -> None:
    assert problems(plan(), KNOWN) == []
    assert parse(plain(plan())) == plan()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"decision": " "}, "decision: missing"),
        ({"units": [{"code": "H99.201"}]}, "H99.201: a new unit needs a name and a level"),
        (
            {"units": [{"code": "H99.201", "was": "H99.104"}]},
            "H99.201: the agency H99.104 that it was does not exist",
        ),
        ({"endings": [{"agency": "H99.104", "into": ["H99.201"]}]}, "H99.104: no such agency"),
        ({"endings": [{"agency": "H99.101", "into": ["H99.104"]}]}, "H99.101: H99.104 will not exist"),
        ({"endings": [{"agency": "H99.101", "into": ["H99.101"]}]}, "H99.101: goes into itself"),
        ({"endings": [{"agency": "H99.101", "into": []}]}, "H99.101: goes nowhere"),
        ({"endings": [{"agency": "H99.101", "into": ["H99.201"]}] * 2}, "H99.101: ends twice"),
        (
            {"endings": [{"agency": "H99.101", "into": ["H99.102"]}, {"agency": "H99.102", "into": ["H99.101"]}]},
            "H99.101: H99.102 will not exist",
        ),
        (
            {"endings": [{"agency": "H99.101", "into": ["H99.201"], "officers": {"H99.103": ["a"]}}]},
            "H99.101: H99.103 is not among those it goes into",
        ),
        (
            {"endings": [{"agency": "H99.101", "into": ["H99.201"], "dossiers": [{"to": "H99.201"}]}]},
            "H99.101: a rule without a condition",
        ),
        ({"units": [{"code": "H99.102", "was": "H99.101"}], "endings": []}, "H99.102: another agency has this code"),
    ],
)
def test_what_can_not_be_carried_out_is_named(changes: dict[str, Any], problem: str) -> None:
    assert problem in problems(plan(**changes), KNOWN)


@pytest.mark.parametrize("raw", [None, [], {"day": "2026-02-30"}, {"day": "2026-11-11", "decision": "x", "what": 1}])
def test_what_is_no_plan_is_refused_by_place(raw: Any) -> None:
    with pytest.raises(Invalid, match="plan_unreadable"):
        parse(raw)


def test_merging_into_one_of_them_lets_that_one_go_on() -> None:
    found = merge(("H99.101", "H99.102"), Unit("H99.101", "UBND phường Hoa"), on=date(2026, 11, 11), decision="x")
    assert (found.ended, found.staying) == ({"H99.102"}, {"H99.101"})
    assert problems(found, KNOWN) == []


def test_a_new_code_remembers_the_old_one() -> None:
    found = rename("H99.101", Unit("H99.301", "UBND phường Hoa"), on=date(2026, 11, 11), decision="x")
    assert (found.units[0].was, found.ended, problems(found, KNOWN)) == ("H99.101", set(), [])


def test_rules_share_dossiers_in_their_order_and_names_share_officers() -> None:
    rules = [
        {"to": "H99.201", "codes": ["H99.101-261110-0001"]},
        {"to": "H99.202", "field": "Hộ tịch"},
        {"to": "H99.203", "answer": "phuong", "equals": "Hoa Lan"},
    ]
    into = ["H99.200", "H99.201", "H99.202", "H99.203"]
    split = plan(endings=[{"agency": "H99.101", "into": into, "dossiers": rules, "officers": {"H99.202": ["a"]}}])
    ending = split.endings[0]
    given = {"code": "H99.101-261110-0002", "field": "Đất đai", "answers": {}}
    assert receiver(ending, **given) == ""
    assert receiver(ending, **(given | {"code": "H99.101-261110-0001", "field": "Hộ tịch"})) == "H99.201"
    assert receiver(ending, **(given | {"field": "hộ tịch"})) == "H99.202"
    assert receiver(ending, **(given | {"answers": {"phuong": " Hoa Lan "}})) == "H99.203"
    assert (unit_of(ending, "a"), unit_of(ending, "b")) == ("H99.202", "")
