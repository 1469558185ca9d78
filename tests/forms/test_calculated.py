"""Calculated values are ours, not the person's; rules over several answers stand at their field."""

from typing import Any

import pytest

from motcua.base.errors import DefinitionError
from motcua.forms import Form, kept, parse_post, problems, shown, strange_names


def form(**more: Any) -> dict[str, Any]:
    def field(title: str, kind: str = "integer", **given: Any) -> dict[str, Any]:
        return {"type": kind, "title": title, "x-en": title, **given}

    properties = {
        "so_ban": field("Số bản"),
        "don_gia": field("Đơn giá", **{"x-widget": "money"}),
        "co_phi": field("Có phí", "boolean"),
        "tong": field("Tổng", **{"x-value": "so_ban * don_gia", "x-widget": "money"}),
        "giam": field("Giảm", "number", **{"x-when": [{"field": "tong", "op": "ge", "value": 100}]}),
        "con_lai": field("Còn lại", "number", **{"x-value": "double(tong) - giam"}),
    }
    return {
        "title": "Tờ khai", "x-en": "Form", "type": "object", "properties": properties,
        "required": ["so_ban", "don_gia", "co_phi"],
        "x-sections": [{"code": "mot", "title": "Một", "x-en": "One", "fields": list(properties)}],
        **more,
    }  # fmt: skip


RULE = {"that": "!co_phi || tong > 0", "error": "Có phí thì tổng phải lớn hơn 0.", "error-en": "More."}
RULE["field"] = "co_phi"


def test_a_value_is_calculated_from_the_answers_before_it() -> None:
    answers = {"so_ban": 3, "don_gia": 8000, "co_phi": True}
    assert kept(form(), answers) == answers | {"tong": 24000}
    assert kept(form(), answers | {"giam": 1000.5}) == answers | {"tong": 24000, "giam": 1000.5, "con_lai": 22999.5}
    assert shown(form()["properties"]["tong"], 24000) == "24.000\u00a0₫"


def test_a_posted_value_is_never_believed() -> None:
    answers = {"so_ban": 3, "don_gia": 8000, "co_phi": True}
    posted = {name: [str(value).lower()] for name, value in (answers | {"tong": 1}).items()}
    assert parse_post(form(), "mot", posted) == answers
    assert kept(form(), answers | {"tong": 1})["tong"] == 24000
    assert Form(form()).completed(answers | {"tong": 1}) == answers | {"tong": 24000}
    faults = Form(form()).check(answers | {"tong": 1})
    assert {name: fault.code for name, fault in faults.items()} == {"tong": "not_calculated"}


def test_nothing_is_calculated_while_something_is_missing() -> None:
    assert kept(form(), {"so_ban": 3, "co_phi": False}) == {"so_ban": 3, "co_phi": False}
    assert kept(form(), {"so_ban": 3, "don_gia": "nhiều"}) == {"so_ban": 3, "don_gia": "nhiều"}


def test_a_condition_may_be_about_a_calculated_value() -> None:
    small = {"so_ban": 1, "don_gia": 5, "co_phi": False, "giam": 1}
    assert "giam" not in kept(form(), small)
    assert "giam" in kept(form(), small | {"don_gia": 500})


def test_a_broken_rule_is_a_fault_at_its_field() -> None:
    made = Form(form(**{"x-rules": [RULE]}))
    wrong = made.completed({"so_ban": 0, "don_gia": 8000, "co_phi": True})
    faults = made.check(wrong)
    assert {name: fault.sentence() for name, fault in faults.items()} == {"co_phi": "Có phí thì tổng phải lớn hơn 0."}
    assert faults["co_phi"].sentence("en") == "More."
    assert made.check(made.completed({"so_ban": 1, "don_gia": 8000, "co_phi": True})) == {}
    assert made.check(made.completed({"so_ban": 0, "don_gia": 8000, "co_phi": False})) == {}


def test_a_rule_waits_until_everything_it_reads_is_answered() -> None:
    made = Form(form(**{"x-rules": [RULE]}))
    assert {name: fault.code for name, fault in made.check({"co_phi": True}).items()} == {
        "so_ban": "required",
        "don_gia": "required",
    }


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("so_ban + la", "tong: x-value: unknown name 'la'"),
        ("giam", "tong: x-value: gives double, not int"),
        ("int(giam)", "tong: x-value reads giam, which is not an earlier field"),
        ("tong + 1", "tong: x-value reads tong, which is not an earlier field"),
    ],
)
def test_a_formula_that_can_not_be_counted_is_a_problem(formula: str, told: str) -> None:
    wrong = form()
    wrong["properties"]["tong"]["x-value"] = formula
    assert told in problems(wrong)
    with pytest.raises(DefinitionError):
        Form(wrong)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"that": "so_ban"}, "x-rules 1: gives int, not bool"),
        ({"error": ""}, "x-rules 1: no error"),
        ({"field": "giam"}, "x-rules 1: reads no field 'giam', so its error can't stand there"),
        ({"that": 1}, "x-rules 1: a rule has that, error, error-en and field"),
    ],
)
def test_a_rule_that_can_not_be_judged_is_a_problem(changes: dict[str, Any], told: str) -> None:
    assert problems(form(**{"x-rules": [RULE | changes]})) == [told]


def test_nobody_is_required_to_answer_what_is_calculated() -> None:
    wrong = form(required=["so_ban", "tong"])
    assert problems(wrong) == ["tong: is calculated, nobody can be required to answer it"]


def test_names_that_no_question_has_are_strange() -> None:
    post = {"so_ban": ["1"], "_later": ["1"], "csrfmiddlewaretoken": ["x"], "quyen": ["1"], "tong-0-la": ["1"]}
    assert strange_names(form(), post) == ["quyen"]
