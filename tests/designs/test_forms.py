"""A form changed verb by verb: each gives a new form, the old one is left alone."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings

from motcua import forms as engine
from motcua.base.errors import Invalid, NotFound
from motcua.designs import forms
from motcua.designs.questions import KINDS, MOST_OPTIONS, Option, Question, field_of, question_of

YES = {"field": "co_con", "op": "eq", "value": True}


def question(kind: str = "text", title: str = "Họ và tên", **more: Any) -> Question:
    more = {"title_en": "In English"} | ({"options": (Option("a", "A", "A"),)} if kind == "choice" else {}) | more
    return Question(kind, title, **more)


def form() -> dict[str, Any]:
    made = forms.empty("Tờ khai", "Declaration")
    made = forms.add_question(made, "phan-1", question())
    made = forms.add_question(made, "phan-1", question("yes_no", "Có con"), "co_con")
    return forms.add_question(made, "phan-1", question("whole", "Số con", when=(YES,)), "so_con")


def test_a_form_made_from_nothing_can_be_used() -> None:
    made = form()
    assert engine.problems(made) == []
    assert list(made["properties"]) == ["ho_va_ten", "co_con", "so_con"]
    compiled = engine.Form(made)
    assert compiled.check({"ho_va_ten": "Lan", "co_con": False}) == {}
    assert list(compiled.check({"ho_va_ten": "Lan", "co_con": True})) == ["so_con"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "group"])
def test_every_kind_is_written_and_read_back(kind: str) -> None:
    made = forms.add_question(forms.empty("Tờ khai", "Form"), "phan-1", question(kind, "Câu hỏi"), "cau_hoi")
    assert engine.problems(made) == []
    assert forms.question_at(made, "cau_hoi").kind == kind


@pytest.mark.parametrize("path", sorted((settings.DATA / "forms").glob("*.json")), ids=lambda path: path.stem)
def test_every_shipped_question_is_read_and_written_back_equal(path: Any) -> None:
    shipped = json.loads(path.read_text())
    for name, field in shipped["properties"].items():
        if field["type"] != "array":
            assert field_of(question_of(field, True), field) == field, name


def test_a_repeated_group_has_columns_of_its_own() -> None:
    made = forms.add_question(form(), "phan-1", question("group", "Các con"), "con")
    made = forms.add_question(made, "phan-1", question(title="Tên con"), "ten", group="con")
    made = forms.add_question(made, "phan-1", question("date", "Ngày sinh"), "ngay_sinh", group="con")
    made = forms.move_question(made, "con-ngay_sinh", down=False)
    assert engine.problems(made) == []
    assert list(made["properties"]["con"]["items"]["properties"]) == ["ngay_sinh", "ten"]
    assert made["properties"]["con"]["items"]["required"] == ["ten", "ngay_sinh"]
    changed = forms.change_question(made, "con", question("group", "Con cái", most=5))
    assert changed["properties"]["con"]["items"] == made["properties"]["con"]["items"]
    assert changed["properties"]["con"]["maxItems"] == 5


def test_a_name_stands_once() -> None:
    with pytest.raises(Invalid) as refusal:
        forms.add_question(form(), "phan-1", question(), "co_con")
    assert (refusal.value.code, refusal.value.details["name"]) == ("design_field_twice", "co_con")
    assert "ho_va_ten_2" in forms.add_question(form(), "phan-1", question())["properties"]


@pytest.mark.parametrize("name", ["Tên", "ten-con", "1ten", "ten con", "x" * 61])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        forms.add_question(form(), "phan-1", question(), name)
    assert refusal.value.code == "design_field_malformed"


def test_a_condition_is_about_an_earlier_question() -> None:
    later = question("whole", "Số con", when=({"field": "sau_nay", "op": "filled"},))
    with pytest.raises(Invalid) as refusal:
        forms.change_question(form(), "so_con", later)
    assert refusal.value.code == "design_condition_later"
    itself = question("yes_no", "Có con", when=(YES,))
    with pytest.raises(Invalid):
        forms.change_question(form(), "co_con", itself)


def test_a_question_that_others_depend_on_stays() -> None:
    with pytest.raises(Invalid) as refusal:
        forms.remove_question(form(), "co_con")
    assert (refusal.value.code, refusal.value.details["others"]) == ("design_field_needed", ["Số con"])
    without = forms.remove_question(forms.remove_question(form(), "so_con"), "co_con")
    assert (list(without["properties"]), without["required"]) == (["ho_va_ten"], ["ho_va_ten"])
    assert engine.problems(without) == []


def test_a_question_moves_over_the_edge_of_its_page() -> None:
    made = forms.add_section(form(), "Cam kết", "Promise")
    made = forms.move_question(made, "so_con", down=True)
    assert [section["fields"] for section in made["x-sections"]] == [["ho_va_ten", "co_con"], ["so_con"]]
    made = forms.move_question(made, "so_con", down=False)
    assert [section["fields"] for section in made["x-sections"]] == [["ho_va_ten", "co_con", "so_con"], []]
    first = forms.move_question(made, "ho_va_ten", down=False)
    assert first == made


def test_only_an_empty_page_goes() -> None:
    made = forms.add_section(form(), "Cam kết", "Promise")
    assert forms.remove_section(made, "cam-ket") == form()
    with pytest.raises(Invalid) as refusal:
        forms.remove_section(made, "phan-1")
    assert refusal.value.code == "design_section_full"


def test_ten_thousand_options_are_refused() -> None:
    many = tuple(Option(str(number), str(number)) for number in range(10_000))
    with pytest.raises(Invalid) as refusal:
        forms.add_question(form(), "phan-1", question("choice", "Chọn", options=many))
    assert refusal.value.details == {"many": 10_000, "limit": MOST_OPTIONS}
    with pytest.raises(Invalid) as refusal:
        forms.add_question(form(), "phan-1", question("choice", "Chọn", options=(Option("a", "A"), Option("a", "B"))))
    assert refusal.value.code == "design_option_twice"


def test_what_is_not_there_is_not_found() -> None:
    for act in (lambda: forms.remove_question(form(), "la"), lambda: forms.question_at(form(), "con-ten"),
                lambda: forms.move_section(form(), "la", True)):  # fmt: skip
        with pytest.raises(NotFound):
            act()


def test_the_old_form_is_left_alone() -> None:
    before = form()
    kept = deepcopy(before)
    forms.add_question(before, "phan-1", question("date", "Ngày"))
    forms.change_question(before, "ho_va_ten", question("long_text", "Tiểu sử"))
    forms.remove_question(before, "so_con")
    forms.move_question(before, "co_con", True)
    forms.change_section(before, "phan-1", {"title": "Khác", "hint": "Gợi ý"})
    assert before == kept
