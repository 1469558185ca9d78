"""Conditions and calculated values: typed when written, closed when something is missing, always bounded."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.base.errors import DefinitionError
from motcua.forms.expressions import compiled, types_of
from motcua.forms.tokens import literals, tokens

FORM: dict[str, Any] = {
    "properties": {
        "so_trang": {"type": "integer"},
        "dien_tich": {"type": "number"},
        "loai": {"type": "string"},
        "ngay": {"type": "string", "format": "date"},
        "gap": {"type": "boolean"},
        "con": {
            "type": "array",
            "items": {"properties": {"ho_ten": {"type": "string"}, "tien": {"type": "number"}}},
        },
        "type": {"type": "string"},
    }
}
EXTRA = {"dossier.channel": "string"}
ANSWERS = {
    "so_trang": 4, "dien_tich": 30, "loai": "nha", "ngay": "2026-02-01", "gap": True, "dossier.channel": "online",
    "con": [{"ho_ten": "Lê Thị An", "tien": 3}, {"ho_ten": "Lê Văn Bình", "tien": 4.5}],
}  # fmt: skip


def problem(text: str, wants: str = "bool") -> str:
    with pytest.raises(DefinitionError) as told:
        compiled(text, FORM, EXTRA, wants)
    (only,) = told.value.problems
    return only


def test_a_form_gives_its_fields_its_columns_and_whether_they_were_answered() -> None:
    assert types_of(FORM) == {
        "so_trang": "int", "answered.so_trang": "bool", "dien_tich": "double", "answered.dien_tich": "bool",
        "loai": "string", "answered.loai": "bool", "ngay": "string", "answered.ngay": "bool",
        "gap": "bool", "answered.gap": "bool",
        "con": "rows", "answered.con": "bool", "con.ho_ten": "list<string>", "con.tien": "list<double>",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "so_trang > 3 && so_trang <= 4",
        "dien_tich >= 30.0",
        "loai in ['nha', 'dat']",
        "ngay < '2026-02-02'",
        "gap",
        "!(loai == 'dat') && (gap || so_trang > 100)",
        "dossier.channel == 'online'",
        "answered.loai",
        "size(con) == 2",
        "con.exists(c, c.tien > 4.0 && c.ho_ten.startsWith('Lê'))",
        "sum(con.tien) == 7.5",
        "con.ho_ten.exists_one(h, h.contains('An'))",
        "gap ? so_trang == 4 : so_trang == 5",
    ],
)
def test_a_condition_holds_for_answers_and_never_without_them(text: str) -> None:
    condition = compiled(text, FORM, EXTRA)
    assert condition.holds(ANSWERS) is True
    assert condition.holds({}) is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("so_tran > 3", "unknown name 'so_tran'"),
        ("dossier.agency == 'x'", "unknown name 'dossier.agency'"),
        ("con.exists(c, c.tin > 3.0)", "unknown name 'tin'"),
        ("con[0].tin == 3.0", "unknown name 'tin'"),
        ("type == 'x'", "'==' does not take (type(type), string)"),
        ("dien_tich > 3", "'>' does not take (double, int); a number is written with a point, 3.0"),
        ("loai == 3", "'==' does not take (string, int)"),
        ("loai in [1, 2]", "'@in' does not take (string, list(int))"),
        ("so_trang = 3", "'=' at letter 10 is not understood, write =="),
        ("gap and gap", "'and' at letter 5 is not understood, write &&"),
        ("not gap", "'not' at letter 1 is not understood, write !"),
        ("loai like 'x'", "'like' at letter 6 is not understood"),
        ("loai == r'x'", "'r' at letter 9 is not understood"),
        ("gap // always", "'/' at letter 5 is not understood"),
        ("gap\n", "'\\n' at letter 4 is not understood"),
        ("loai == '\ud800'", "'\\ud800' at letter 10 is not understood"),
        ("", "breaks off"),
        ("so_trang >", "breaks off"),
        ("so_trang + 1", "gives int, not bool"),
        ("so_trang > 99999999999999999999", "invalid int literal"),
        ("(" * 300 + "gap" + ")" * 300, "too deep"),
        ("so_trang" + " + so_trang" * 60 + " > 0", "too deep"),
        ("con.all(a, con.all(b, true))", "'all' inside another: one list at a time"),
        (f"so_trang in [{'1,' * 200}1]", "more than 100 members of lists"),
        (f"loai == '{'x' * 1000}'", "longer than 1,000 letters"),
    ],
)
def test_what_is_wrong_with_a_condition_is_told_in_one_line(text: str, told: str) -> None:
    assert problem(text) == told


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"so_trang": 4}, True),
        ({"so_trang": 4.0}, True),
        ({"so_trang": 4.5}, False),
        ({"so_trang": "4"}, False),
        ({"so_trang": True}, False),
        ({"so_trang": None}, False),
        ({"so_trang": 2**70}, False),
        ({"so_trang": float("inf")}, False),
        ({"so_trang": [4]}, False),
    ],
)
def test_an_answer_of_another_type_is_none(values: dict[str, Any], holds: bool) -> None:
    assert compiled("so_trang > 3", FORM).holds(values) is holds


def test_only_what_decides_must_be_answered() -> None:
    either = compiled("gap || so_trang > 3", FORM)
    assert (either.holds({"gap": True}), either.holds({"gap": False}), either.holds({"so_trang": 4})) == (
        True,
        False,
        True,
    )
    assert compiled("!answered.loai", FORM).holds({"loai": ""}) is True
    assert compiled("loai == 'x'", FORM).holds({"loai": "x\ud800"}) is False


@pytest.mark.parametrize(
    ("text", "wants", "value", "without"),
    [
        ("so_trang * 20000", "int", 80_000, None),
        ("double(so_trang) * dien_tich", "double", 120.0, None),
        ("sum(con.tien)", "double", 7.5, 0.0),
        ("int(math.round(dien_tich / 7.0))", "int", 4, None),
        ("loai + '-' + ngay", "string", "nha-2026-02-01", None),
        ("so_trang > 3 ? 'nhiều' : 'ít'", "string", "nhiều", None),
        ("100 / (so_trang - 4)", "int", None, None),
        ("dien_tich / 0.0", "double", None, None),
        ("so_trang * 9223372036854775807", "int", None, None),
    ],
)
def test_a_calculated_value_is_nothing_when_something_is_missing(
    text: str, wants: str, value: Any, without: Any
) -> None:
    made = compiled(text, FORM, EXTRA, wants)
    assert (made.value(ANSWERS), made.value({})) == (value, without)
    assert type(made.value(ANSWERS)) is type(value)


def test_a_plan_pays_once_for_a_condition() -> None:
    assert compiled("so_trang > 17", FORM, EXTRA) is compiled("so_trang > 17", dict(FORM), dict(EXTRA))


def test_a_text_is_the_same_however_its_marks_were_typed() -> None:
    assert compiled("loai == 'nha\u0300'", FORM).holds({"loai": "nhà"})


def test_threads_share_a_condition() -> None:
    condition = compiled("so_trang > 3 && con.exists(c, c.tien > 2.0)", FORM)

    def asked(nth: int) -> bool:
        return condition.holds({"so_trang": nth % 2 * 4, "con": [{"tien": 3}]}) is bool(nth % 2)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(asked, range(4000)))


def test_the_values_that_stand_in_a_condition() -> None:
    words = tokens("so_trang > -3 && loai in ['nhà', \"it's\"] && dien_tich < 2.5 && gap == true || loai == 'nhà'")
    assert literals(words) == [3, -3, "nhà", "it's", 2.5, True]


VALUES = some.none() | some.text() | some.integers() | some.floats() | some.booleans() | some.lists(some.text())


@given(some.text(max_size=40), some.dictionaries(some.sampled_from(sorted(ANSWERS)), VALUES))
def test_whatever_is_written_or_answered_nothing_but_a_definition_error_comes_out(
    text: str, values: dict[str, Any]
) -> None:
    try:
        condition = compiled(text, FORM, EXTRA)
    except DefinitionError:
        condition = compiled("so_trang > 3 || gap || loai == 'x' || dien_tich < 1.0 || size(con) > 0", FORM)
    assert condition.holds(values) in (True, False)
