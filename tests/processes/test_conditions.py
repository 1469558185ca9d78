"""What a condition may ask about a dossier, and that it is closed; the same in words."""

from typing import Any

import pytest

from motcua.catalogue.definition import CHANNELS
from motcua.dossiers.models import RETURNS
from motcua.processes.conditions import COUNTED, NAMES, OPTIONS, Circumstances, automatic_action
from motcua.processes.definition import Exit, Step
from motcua.processes.words import TITLES, in_words

FORM: dict[str, Any] = {
    "properties": {
        "gap": {"type": "boolean", "title": "Gấp", "x-en": "Urgent"},
        "so_trang": {"type": "integer", "title": "Số trang", "x-en": "Pages"},
        "dien_tich": {"type": "number", "title": "Diện tích"},
        "ngay": {"type": "string", "format": "date", "title": "Ngày"},
        "loai": {
            "type": "string",
            "title": "Loại",
            "x-en": "Kind",
            "oneOf": [{"const": "nha", "title": "Nhà ở", "x-en": "House"}, {"const": "dat", "title": "Đất"}],
        },
    }
}


def about(**changes: Any) -> Circumstances:
    counts = {"dossier.supplements": 1, "opinions.open": 0, "opinions.agreed": 2, "opinions.against": 0}
    known: dict[str, Any] = {"channel": "online", "return_by": "post", "on_behalf": True, "counted": counts.get}
    return Circumstances(FORM, {"gap": True, "so_trang": 12}, **known | changes)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("", True),
        ("gap && so_trang > 10", True),
        ("dossier.channel == 'online' && dossier.return_by == 'post' && dossier.on_behalf", True),
        ("dossier.supplements == 1 && opinions.agreed > 1 && opinions.against == 0 && opinions.open == 0", True),
        ("loai == 'nha'", False),
        ("loai != 'nha'", False),
        ("!(loai == 'nha')", False),
        ("!answered.loai", True),
        ("so_trang > 'a'", False),  # an edition that never should have been published
        ("mau_sac == 'do'", False),
        ("gap ||", False),
    ],
)
def test_a_condition_asks_for_the_answers_and_the_dossier_and_is_closed(when: str, holds: bool) -> None:
    assert about().hold(when) is holds


def test_what_is_counted_is_asked_for_only_where_a_condition_reads_it() -> None:
    asked: list[str] = []

    def counted(name: str) -> int:
        asked.append(name)
        return 3

    assert about(counted=counted).hold("gap") and asked == []
    assert about(counted=counted).hold("opinions.against == 3") and asked == ["opinions.against"]
    assert not Circumstances(FORM, {}).hold("dossier.supplements >= 0")  # nobody counted


def test_the_names_are_those_of_the_dossier() -> None:
    assert {name for name, kind in NAMES.items() if kind == "int"} == COUNTED
    assert set(OPTIONS["dossier.channel"]) == set(CHANNELS)
    assert set(OPTIONS["dossier.return_by"]) == set(RETURNS)
    assert set(TITLES) == set(NAMES)


def test_an_automatic_step_takes_the_exit_that_is_open_in_whatever_order_they_stand() -> None:
    ways: dict[str, str | Exit] = {"long": Exit("a", "so_trang > 20"), "urgent": Exit("b", "gap"), "usual": "c"}
    step = Step("re", "Rẽ", "", 0, ways, "automatic")
    assert automatic_action(step, about()) == "urgent"
    assert automatic_action(step, Circumstances(FORM, {})) == "usual"
    stored = Step("re", "Rẽ", "", 0, dict(reversed(ways.items())), "automatic")  # the database orders keys by length
    assert automatic_action(stored, about()) == "urgent"
    assert automatic_action(Step("re", "Rẽ", "", 0, {"long": ways["long"]}, "automatic"), about()) == ""


@pytest.mark.parametrize(
    ("when", "vietnamese", "english"),
    [
        ("so_trang > 10", "Số trang trên 10", "Pages is above 10"),
        ("gap", "Gấp: có", "Urgent: yes"),
        ("!gap || so_trang <= 3", "Gấp: không hoặc Số trang không quá 3", "Urgent: no or Pages is at most 3"),
        ("gap == false", "Gấp là không", "Urgent is no"),
        ("loai == 'nha'", "Loại là Nhà ở", "Kind is House"),
        ("loai in ['nha', 'dat']", "Loại thuộc Nhà ở, Đất", "Kind is one of House, Đất"),
        ("dien_tich >= 30.5", "Diện tích từ 30,5", "Diện tích is at least 30.5"),
        ("so_trang != -1", "Số trang khác -1", "Pages is not -1"),
        ("ngay < '2026-02-01'", "Ngày trước 01/02/2026", "Ngày is before 01/02/2026"),
        (
            "answered.loai && !answered.ngay",
            "Loại đã điền và Ngày chưa điền",
            "Kind is filled in and Ngày is not filled in",
        ),
        ("dossier.channel == 'online'", "Hình thức nộp là trực tuyến", "Channel is online"),
        ("opinions.against > 0", "Số ý kiến không đồng ý trên 0", "Opinions against is above 0"),
        ("so_trang + 1 > 3", "so_trang + 1 > 3", "so_trang + 1 > 3"),
        (
            "gap && so_trang > 3 || loai == 'nha'",
            "gap && so_trang > 3 || loai == 'nha'",
            "gap && so_trang > 3 || loai == 'nha'",
        ),
        ("(gap)", "(gap)", "(gap)"),
        ("mau_sac == 'do'", "mau_sac == 'do'", "mau_sac == 'do'"),
        ("so_trang > 3 3", "so_trang > 3 3", "so_trang > 3 3"),
        ("gap @", "gap @", "gap @"),
    ],
)
def test_a_condition_that_only_compares_is_told_in_words(when: str, vietnamese: str, english: str) -> None:
    assert (in_words(when, FORM, "vi"), in_words(when, FORM, "en")) == (vietnamese, english)
