"""The form engine: which fields apply, what is refused and in which words, and what a browser's post becomes."""

import copy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua import forms
from motcua.base.errors import DefinitionError, Invalid

GENDER = [{"const": "nam", "title": "Nam", "x-en": "Male"}, {"const": "nu", "title": "Nữ", "x-en": "Female"}]
MARRIED = [{"field": "ket_hon", "op": "eq", "value": True}]


def field(kind: str = "string", **more: Any) -> dict[str, Any]:
    limit = {"maxLength": 20} if kind == "string" and not {"format", "oneOf"} & more.keys() else {}
    return {"type": kind, "title": "Mục", "x-en": "Item", **limit, **more}


PROPERTIES = {
    "ho_ten": field(minLength=1, **{"x-prefill": "citizen.full_name"}),
    "ngay_sinh": field(format="date", **{"x-prefill": "citizen.birth_date"}),
    "gioi_tinh": field(oneOf=GENDER, **{"x-prefill": "citizen.gender"}),
    "dinh_danh": field(pattern="^[0-9]{12}$", **{"x-error": "Gồm 12 chữ số.", "x-error-en": "It is 12 digits."}),
    "thu": field(format="email", maxLength=50),
    "ket_hon": field("boolean"),
    "vo_chong": field(**{"x-when": MARRIED}),
    "nam_cuoi": field(format="partial-date", **{"x-when": [{"field": "vo_chong", "op": "filled"}]}),
    "so_con": field("integer", minimum=0, maximum=20),
    "dien_tich": field("number", minimum=0),
    "ghi_chu": field(maxLength=100, **{"x-widget": "textarea"}),
    "cu_tru": field(
        "array",
        minItems=1,
        maxItems=2,
        items={
            "type": "object",
            "properties": {"noi_o": field(), "tu_ngay": field(format="date")},
            "required": ["noi_o"],
        },
    ),
    "cam_doan": field("boolean", const=True, **{"x-widget": "checkbox"}),
}
FORM: dict[str, Any] = {
    "title": "Tờ khai",
    "x-en": "Form",
    "type": "object",
    "properties": PROPERTIES,
    "required": ["ho_ten", "ngay_sinh", "vo_chong", "cam_doan"],
    "x-sections": [
        {"code": "mot", "title": "Một", "x-en": "One", "fields": list(PROPERTIES)[:6]},
        {"code": "hai", "title": "Hai", "x-en": "Two", "fields": list(PROPERTIES)[6:]},
    ],
}
GOOD = {"ho_ten": "Trần Thị Bình", "ngay_sinh": "1990-05-20", "cam_doan": True}


@pytest.fixture(scope="module")
def form() -> forms.Form:
    return forms.Form(FORM)


def changed(**properties: Any) -> dict[str, Any]:
    """The form with some fields replaced; the new ones stand last."""
    broken = copy.deepcopy(FORM)
    broken["properties"] |= properties
    broken["x-sections"][1]["fields"] += [name for name in properties if name not in PROPERTIES]
    return broken


def test_sections_keep_their_order_and_fields() -> None:
    assert [(part.code, part.title, part.title_en, len(part.fields)) for part in forms.sections(FORM)] == [
        ("mot", "Một", "One", 6),
        ("hai", "Hai", "Two", 7),
    ]


def test_a_field_applies_while_its_conditions_hold_all_along_the_chain(form: forms.Form) -> None:
    dependent = {"vo_chong", "nam_cuoi"}
    assert set(PROPERTIES) - form.visible({}) == dependent
    assert set(PROPERTIES) - form.visible({"ket_hon": True}) == {"nam_cuoi"}
    assert form.visible({"ket_hon": True, "vo_chong": "Lan"}) == set(PROPERTIES)
    assert set(PROPERTIES) - form.visible({"ket_hon": False, "vo_chong": "Lan"}) == dependent


@pytest.mark.parametrize(
    ("op", "value", "answer", "expected"),
    [
        ("eq", True, 1, False),
        ("eq", 1, 1.0, True),
        ("ne", "a", "b", True),
        ("ne", "a", None, False),
        ("lt", 3, 2, True),
        ("lt", 3, "2", False),
        ("le", 3, 3, True),
        ("gt", 0, True, False),
        ("ge", 3, 2, False),
        ("in", ["a", "b"], "b", True),
        ("in", ["a", "b"], "c", False),
        ("filled", None, "", False),
        ("filled", None, False, True),
    ],
)
def test_a_condition_holds_exactly_when_it_should(op: str, value: Any, answer: Any, expected: bool) -> None:
    assert forms.holds({"field": "x", "op": op, "value": value}, {"x": answer}) is expected


def test_answers_to_questions_that_no_longer_apply_are_left_out(form: forms.Form) -> None:
    assert form.kept({"ket_hon": False, "vo_chong": "Lan", "nam_cuoi": "2011"}) == {"ket_hon": False}


def test_good_answers_have_no_fault(form: forms.Form) -> None:
    assert form.check(GOOD) == {}
    rows = [{"noi_o": "Huế", "tu_ngay": "2001-01-31"}]
    assert form.check(GOOD | {"ket_hon": True, "vo_chong": "Lan", "nam_cuoi": "2011-06", "cu_tru": rows}) == {}


@pytest.mark.parametrize(
    ("answers", "path", "code"),
    [
        ({"ho_ten": ""}, "ho_ten", "required"),
        ({"ho_ten": "   "}, "ho_ten", "required"),
        ({"ho_ten": "x" * 21}, "ho_ten", "too_long"),
        ({"ho_ten": "a\x00b"}, "ho_ten", "characters"),
        ({"ho_ten": "\ud800"}, "ho_ten", "characters"),
        ({"ho_ten": 5}, "ho_ten", "type_string"),
        ({"ngay_sinh": "2025-02-30"}, "ngay_sinh", "date"),
        ({"ngay_sinh": "9999-12-31"}, "ngay_sinh", "date"),
        ({"ngay_sinh": "0205-09-02"}, "ngay_sinh", "date"),
        ({"ngay_sinh": "2025-09"}, "ngay_sinh", "date"),
        ({"ngay_sinh": "٢٠٢٥-٠٩-٠٢"}, "ngay_sinh", "date"),
        ({"ngay_sinh": ""}, "ngay_sinh", "required"),
        ({"gioi_tinh": "khac"}, "gioi_tinh", "not_an_option"),
        ({"dinh_danh": "0010"}, "dinh_danh", "pattern"),
        ({"dinh_danh": "٠٠١٠٩٩٠٠٠٠٠١"}, "dinh_danh", "pattern"),
        ({"thu": "khong-phai-thu"}, "thu", "email"),
        ({"vo_chong": "Lan"}, "vo_chong", "not_applicable"),
        ({"ket_hon": True}, "vo_chong", "required"),
        ({"ket_hon": True, "vo_chong": "Lan", "nam_cuoi": "2011-13"}, "nam_cuoi", "partial_date"),
        ({"ket_hon": True, "vo_chong": "Lan", "nam_cuoi": "9999"}, "nam_cuoi", "partial_date"),
        ({"so_con": 21}, "so_con", "maximum"),
        ({"so_con": -1}, "so_con", "minimum"),
        ({"so_con": "hai"}, "so_con", "type_integer"),
        ({"so_con": True}, "so_con", "type_integer"),
        ({"dien_tich": "1.500"}, "dien_tich", "type_number"),
        ({"ket_hon": "có"}, "ket_hon", "type_boolean"),
        ({"cu_tru": []}, "cu_tru", "min_items"),
        ({"cu_tru": [{"noi_o": "a"}] * 3}, "cu_tru", "max_items"),
        ({"cu_tru": "Huế"}, "cu_tru", "type_array"),
        ({"cu_tru": [{"noi_o": "a"}, {"tu_ngay": "x"}]}, "cu_tru-1-noi_o", "required"),
        ({"cu_tru": [{"noi_o": "a", "tu_ngay": "x"}]}, "cu_tru-0-tu_ngay", "date"),
        ({"cu_tru": [{"noi_o": "a", "la": 1}]}, "cu_tru-0-la", "unknown_field"),
        ({"cam_doan": False}, "cam_doan", "must_agree"),
        ({"la": 1}, "la", "unknown_field"),
    ],
)
def test_a_wrong_answer_is_named_by_input_and_code(
    form: forms.Form, answers: dict[str, Any], path: str, code: str
) -> None:
    found = form.check(GOOD | answers)
    assert found[path].code == code
    for language in ("vi", "en"):
        assert found[path].sentence(language).strip()


@pytest.mark.parametrize("rubbish", [None, [], "x", 5, {"ho_ten": object()}, {"ho_ten": float("nan")}, {1: 2}])
def test_what_is_no_form_at_all_is_refused_and_does_not_break(form: forms.Form, rubbish: Any) -> None:
    assert form.check(rubbish)


def test_faults_come_in_the_order_of_the_page_with_words_that_mend(form: forms.Form) -> None:
    found = form.check({"so_con": 99, "dinh_danh": "1", "ho_ten": ""})
    assert list(found) == ["ho_ten", "ngay_sinh", "dinh_danh", "so_con", "cam_doan"]
    assert found["dinh_danh"].sentence() == "Gồm 12 chữ số."
    assert found["dinh_danh"].sentence("en") == "It is 12 digits."
    assert found["so_con"] == forms.Fault("maximum", limit=20)
    assert found["so_con"].sentence() == "Số lớn nhất được nhận là 20."


def test_one_page_is_checked_without_the_pages_after_it(form: forms.Form) -> None:
    assert form.check_section("mot", {"ho_ten": "An", "ngay_sinh": "2000-01-01"}) == {}
    assert list(form.check_section("hai", {})) == ["cam_doan"]
    assert form.check_section("hai", {"vo_chong": "Lan", "cam_doan": True}) == {}
    with pytest.raises(KeyError):
        form.check_section("ba", {})


def test_pages_without_a_field_that_applies_are_closed() -> None:
    definition = changed(an=field(**{"x-when": MARRIED}))
    definition["x-sections"][1]["fields"].remove("an")
    definition["x-sections"].append({"code": "ba", "title": "Ba", "x-en": "Three", "fields": ["an"]})
    form = forms.Form(definition)
    assert [part.code for part in form.open_sections({})] == ["mot", "hai"]
    assert [part.code for part in form.open_sections({"ket_hon": True})] == ["mot", "hai", "ba"]


def post(section: str, **values: str) -> dict[str, Any]:
    return forms.parse_post(FORM, section, {name.replace("__", "-"): [value] for name, value in values.items()})


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("ho_ten", "  Tra\u0302\u0300n   Thi\u0323\u200b  Bi\u0300nh ", "Trần Thị Bình"),
        ("ho_ten", "Lan\x00\u202e\ud800", "Lan"),
        ("ngay_sinh", "5/9/2025", "2025-09-05"),
        ("ngay_sinh", "05-09-2025", "2025-09-05"),
        ("ngay_sinh", "2025-09-05", "2025-09-05"),
        ("ngay_sinh", "30/02/2020", "30/02/2020"),
        ("ngay_sinh", "hôm qua", "hôm qua"),
        ("ket_hon", "true", True),
        ("ket_hon", "false", False),
        ("ket_hon", "có", "có"),
    ],
)
def test_posted_text_becomes_what_was_meant(name: str, typed: str, meant: Any) -> None:
    assert post("mot", **{name: typed}) == {name: meant}


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("so_con", "12", 12),
        ("so_con", "1.000", 1000),
        ("so_con", "1.00", "1.00"),
        ("so_con", "²", "²"),
        ("dien_tich", "75,5", 75.5),
        ("dien_tich", "75.5", 75.5),
        ("dien_tich", "80", 80),
        ("dien_tich", "1.500", "1.500"),
        ("dien_tich", "nan", "nan"),
        ("dien_tich", "9" * 400, "9" * 400),
        ("nam_cuoi", "5/2011", "2011-05"),
        ("nam_cuoi", "2011", "2011"),
        ("nam_cuoi", "13/2011", "13/2011"),
        ("ghi_chu", " một \r\n\r\n hai  ba ", "một\n\nhai ba"),
        ("cam_doan", "on", True),
    ],
)
def test_posted_numbers_and_lines_become_what_was_meant(name: str, typed: str, meant: Any) -> None:
    assert post("hai", **{name: typed}) == {name: meant}


def test_rows_are_read_in_their_order_and_empty_ones_dropped() -> None:
    rows = {"cu_tru__10__noi_o": "Huế", "cu_tru__2__noi_o": "Vinh", "cu_tru__2__tu_ngay": "31/1/2001"}
    noise = {"cu_tru__3__noi_o": "  ", "cu_tru__x__noi_o": "a", "cu_tru__1__la": "a", "cu_tru__9999__noi_o": "a"}
    assert post("hai", **rows, **noise) == {"cu_tru": [{"noi_o": "Vinh", "tu_ngay": "2001-01-31"}, {"noi_o": "Huế"}]}


def test_only_the_fields_of_the_page_are_read_and_nothing_huge() -> None:
    assert post("mot", ho_ten="", so_con="3", la="x") == {}
    with pytest.raises(Invalid, match="form_too_big"):
        post("mot", ho_ten="x" * 200_001)
    with pytest.raises(KeyError):
        post("ba")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_by_a_fault_or_accepted(form: forms.Form, text: str) -> None:
    for section in ("mot", "hai"):
        typed = forms.parse_post(FORM, section, {name: [text] for name in PROPERTIES})
        for path, fault in form.check(typed).items():
            assert path.partition("-")[0] in PROPERTIES
            assert fault.sentence()


def test_what_the_state_knows_is_filled_in() -> None:
    known = {"full_name": "Trần Thị Bình", "birth_date": "1990-05-20", "gender": "female"}
    assert forms.prefill(FORM, {"citizen": known}) == {
        "ho_ten": "Trần Thị Bình",
        "ngay_sinh": "1990-05-20",
        "gioi_tinh": "nu",
    }
    assert forms.prefill(FORM, {"citizen": {"full_name": "", "gender": "unknown"}}) == {}


@pytest.mark.parametrize(
    ("name", "value", "language", "expected"),
    [
        ("gioi_tinh", "nu", "vi", "Nữ"),
        ("gioi_tinh", "nu", "en", "Female"),
        ("ket_hon", True, "vi", "Có"),
        ("ket_hon", False, "en", "No"),
        ("ngay_sinh", "1990-05-20", "vi", "20/05/1990"),
        ("ngay_sinh", "30/02/2020", "vi", "30/02/2020"),
        ("nam_cuoi", "2011-05", "vi", "05/2011"),
        ("dien_tich", 75.5, "vi", "75,5"),
        ("ho_ten", None, "vi", ""),
    ],
)
def test_an_answer_is_shown_in_words(name: str, value: Any, language: str, expected: str) -> None:
    assert forms.shown(PROPERTIES[name], value, language) == expected


def test_a_sound_definition_has_no_problem() -> None:
    assert forms.problems(FORM) == []


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (None, "form: not an object with properties"),
        ({"properties": {}}, "x-sections: not a list of sections, each with code, title, x-en and a list of fields"),
        (changed() | {"x-en": ""}, "form: no x-en"),
        (changed() | {"required": ["la"]}, "required: unknown field la"),
        (changed() | {"properties": PROPERTIES | {"an": field()}}, "an: stands in 0 sections"),
        (changed(ho_ten={"title": "x"}), "ho_ten: a field is an object with a type"),
        (changed(ho_ten=field(title=" ")), "ho_ten: no title"),
        (changed(ho_ten={"type": "string", "title": "x", "x-en": "x"}), "ho_ten: no maxLength"),
        (changed(ho_ten=field(maxlength=5)), "ho_ten: unknown key maxlength"),
        (changed(ho_ten=field("text")), "ho_ten: unknown type text"),
        (changed(ho_ten=field(format="time")), "ho_ten: unknown format time"),
        (changed(ho_ten=field(**{"x-prefill": "citizen.salary"})), "ho_ten: unknown x-prefill citizen.salary"),
        (changed(ho_ten=field(**{"x-hint": "Gợi ý"})), "ho_ten: a hint in one language only"),
        (changed(ho_ten=field(pattern="(")), "ho_ten: the pattern can't be read"),
        (changed(gioi_tinh=field(oneOf=[{"const": "a", "title": "A"}])), "gioi_tinh=a: no x-en"),
        (changed(gioi_tinh=field(oneOf=GENDER[:1] * 2)), "gioi_tinh: an option stands twice"),
        (changed(cu_tru=field("array")), "cu_tru: a list needs items with properties"),
        (changed(an=field(**{"x-when": [{"field": "ba", "op": "eq"}]})), "an: x-when refers to ba, which is not"),
        (changed(ho_ten=field(**{"x-when": MARRIED})), "ho_ten: x-when refers to ket_hon, which is not an earlier"),
        (changed(an=field(**{"x-when": [{"field": "ho_ten", "op": "like"}]})), "an: unknown operator like"),
        (changed(an=field(**{"x-when": [{"field": "ho_ten", "op": "gt", "value": 1}]})), "an: gt compares numbers"),
        (
            changed(an=field(**{"x-when": [{"field": "gioi_tinh", "op": "eq", "value": "x"}]})),
            "an: gioi_tinh is never",
        ),
        (changed(an=field(**{"x-when": []})), "an: x-when is a list of conditions"),
    ],
)
def test_a_contradiction_in_a_definition_is_named(broken: Any, problem: str) -> None:
    assert any(found.startswith(problem) for found in forms.problems(broken)), forms.problems(broken)
    with pytest.raises(DefinitionError):
        forms.Form(broken)


NAMES = [f"f{number}" for number in range(5)]
OPS = st.sampled_from([("eq", True), ("ne", True), ("in", [False]), ("filled", None)])


@st.composite
def chained(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, bool]]:
    """A form of yes-or-no questions that depend on earlier ones at random, and random answers."""
    properties = {}
    for place, name in enumerate(NAMES):
        earlier = st.lists(st.tuples(st.sampled_from(NAMES[:place]), OPS), max_size=2) if place else st.just([])
        when = [{"field": other, "op": op, "value": value} for other, (op, value) in draw(earlier)]
        properties[name] = field("boolean") | ({"x-when": when} if when else {})
    section = {"code": "mot", "title": "Một", "x-en": "One", "fields": NAMES}
    required = draw(st.lists(st.sampled_from(NAMES), unique=True))
    definition = FORM | {"properties": properties, "required": required, "x-sections": [section]}
    return definition, draw(st.dictionaries(st.sampled_from(NAMES), st.booleans()))


@settings(deadline=None)
@given(chained())
def test_the_schema_accepts_exactly_what_the_visible_fields_ask(case: tuple[dict[str, Any], dict[str, bool]]) -> None:
    definition, answers = case
    assert forms.problems(definition) == []
    apply = forms.visible(definition, answers)
    sound = answers.keys() <= apply and (set(definition["required"]) & apply) <= answers.keys()
    assert jsonschema_rs.Draft202012Validator(forms.schema_of(definition)).is_valid(answers) is sound
