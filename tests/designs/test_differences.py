"""What a new edition changes, told in words; nothing that differs is passed over."""

from copy import deepcopy
from typing import Any

import msgspec
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.definition import Definition, parse, plain
from motcua.catalogue.ports import Record
from motcua.designs import forms
from motcua.designs.differences import differences
from motcua.designs.questions import Option, Question
from motcua.sources.adapters.disk import Disk
from tests.catalogue.samples import definition, raw, steps


def told(old: Definition, new: Definition, language: str = "vi") -> list[str]:
    return [each.text for each in differences(old, new, language)]


def with_form(form: dict[str, Any] | None) -> Definition:
    return definition(form=form)


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(definition(), definition()) == []


@pytest.mark.parametrize(
    ("changes", "vi", "en"),
    [
        ({"name": {"vi": "Cấp thẻ", "en": "Library card"}}, ["Tên thủ tục: Cấp thẻ thư viện 9.000001 → Cấp thẻ"],
         ["Name: Cấp thẻ thư viện 9.000001 → Cấp thẻ"]),
        ({"in_force": {"from": "2027-01-01"}}, ["Hiệu lực: từ 01/01/2026 → từ 01/01/2027"],
         ["In force: from 01/01/2026 → from 01/01/2027"]),
        ({"levels": ["province"]}, ["Cấp thực hiện: Cấp xã → Cấp tỉnh"], ["Levels: commune → province"]),
        ({"online": "partial"}, ["Mức trực tuyến: Toàn trình → Một phần"], ["Online: wholly online → partly online"]),
        ({"law": ["60/2014/QH13"]}, ["Căn cứ pháp lý: thêm 60/2014/QH13"], ["Law: added 60/2014/QH13"]),
        ({"clock": {"after_supplement": "restart"}}, ["Sau khi bổ sung, thời hạn: tính tiếp → tính lại từ đầu"],
         ["After a supplement the clock: goes on → begins anew"]),
    ],
)  # fmt: skip
def test_the_head_in_words(changes: dict[str, Any], vi: list[str], en: list[str]) -> None:
    assert told(definition(), definition(**changes)) == vi
    assert told(definition(), definition(**changes), "en") == en


def test_limits_and_fees_in_words() -> None:
    def channels(limit: dict[str, Any], fees: list[dict[str, Any]]) -> dict[str, Any]:
        return {"online": [{"limit": limit, "fees": fees}]}

    old = definition(channels=channels({"working_days": 5}, [{"kind": "charge", "amount_vnd": 8000, "per": "bản"}]))
    new = definition(channels=channels({"working_days": 3}, [{"kind": "charge", "amount_vnd": None}]))
    assert told(old, new) == [
        "Thời hạn (Trực tuyến): 5 ngày làm việc → 3 ngày làm việc",
        "Phí, lệ phí (Trực tuyến): lệ phí 8.000\u00a0₫/bản → lệ phí chưa rõ mức",
    ]
    half = {"when": "true", "amount_vnd": 4000, "text": "Bằng nửa", "until": "2027-01-01"}
    free = {"when": "ngheo", "reason": "Hộ nghèo"}
    ruled = {"kind": "charge", "amount_vnd": 8000, "due": "later", "table": [half], "exempt": [free]}
    assert told(new, definition(channels=channels({"working_days": 3}, [ruled]))) == [
        "Phí, lệ phí (Trực tuyến): lệ phí chưa rõ mức → lệ phí 8.000\u00a0₫, Bằng nửa (trước ngày 01/01/2027): "
        "4.000\u00a0₫ [true], miễn: Hộ nghèo [ngheo], được nộp sau",
    ]
    both = definition(channels={**channels({"working_days": 5}, []), "postal": [{"limit": {"days": 10}}]})
    assert told(definition(channels=channels({"working_days": 5}, [])), both) == [
        "Cách nộp: thêm Dịch vụ bưu chính (10 ngày)"
    ]


def test_the_process_in_words() -> None:
    new = [{**step} for step in steps(xet={"hours": 6, "role": "head"}, tra={"name": "Trả kết quả"})]
    new[1]["then"] = {"pass": {"to": "ky", "when": "so_con > 2"}, "ask_more": "supplement"}
    new.insert(2, {"step": "hoi", "name": "Lấy ý kiến", "role": "clerk", "hours": 2, "then": {"pass": "ky"}})
    assert told(definition(), definition(process=new)) == [
        "Quy trình: thêm bước Lấy ý kiến",
        "Quy trình: bước Thẩm tra, vai trò: Chuyên viên thụ lý → Lãnh đạo phòng",
        "Quy trình: bước Thẩm tra, thời gian: 4 giờ → 6 giờ",
        "Quy trình: bước Thẩm tra, lối “pass”: → Ký duyệt → → Ký duyệt (khi so_con > 2)",
        "Quy trình: bước Thẩm tra, bỏ lối “refuse”",
        "Quy trình: bước Trả kết quả, tên: Trả → Trả kết quả",
    ]


def test_papers_and_results_in_words() -> None:
    papers = [{"code": "anh", "name": "Ảnh chân dung", "originals": 1, "copies": 0}, {"code": "don", "name": "Đơn"}]
    new = definition(papers=papers, results=[])
    assert told(definition(), new) == [
        "Giấy tờ: thêm Đơn",
        "Giấy tờ: Ảnh chân dung, bản chính: 2 → 1",
        "Kết quả: bỏ Thẻ thư viện",
    ]


def test_the_form_in_words() -> None:
    old = forms.add_question(forms.empty("Tờ khai", "Form"), "phan-1", Question("text", "Họ tên", "Name", most=100))
    male = (Option("nam", "Nam", "Male"),)
    old = forms.add_question(old, "phan-1", Question("choice", "Giới tính", "Sex", options=male))
    new = forms.add_section(old, "Cam kết", "Promise")
    new = forms.add_question(new, "cam-ket", Question("agree", "Tôi cam kết", "I promise"))
    new = forms.change_question(new, "ho_ten", Question("text", "Họ và tên", "Name", required=False, most=120))
    options = (Option("nam", "Nam", "Male"), Option("nu", "Nữ", "Female"))
    new = forms.change_question(new, "gioi_tinh", Question("choice", "Giới tính", "Sex", options=options))
    assert told(with_form(old), with_form(new)) == [
        "Tờ khai: thêm phần Cam kết",
        "Tờ khai: thêm câu hỏi “Tôi cam kết” (Cam kết)",
        "Tờ khai: “Họ tên”, câu hỏi: Họ tên → Họ và tên",
        "Tờ khai: “Họ tên”, tối đa (ký tự): 100 → 120",
        "Tờ khai: “Họ tên”, bắt buộc: có → không",
        "Tờ khai: “Giới tính”, thêm lựa chọn Nữ",
    ]
    assert told(with_form(None), with_form(new)) == ["Tờ khai: thêm tờ khai riêng, 3 câu hỏi"]
    assert told(with_form(new), with_form(None)) == ["Tờ khai: bỏ tờ khai riêng, dùng đơn chung"]
    moved = forms.move_question(old, "gioi_tinh", down=False)
    assert told(with_form(old), with_form(moved)) == ["Tờ khai: đổi thứ tự câu hỏi"]


SHIPPED = [
    record.definition
    for path in sorted((settings.DATA / "procedures").glob("*.yaml"))[:12]
    for record in Disk().read(path, definition().in_force.from_)
    if isinstance(record, Record)
]
OTHER: dict[str, Any] = {
    "decision": "12/QĐ", "sequence": "Bước một" * 40, "keywords": ["a"], "extra": {"a": 1}, "cases": ["x"],
    "conditions": "không", "ministry": "Bộ", "coordinating": "Sở", "authority": "UBND", "kind": "khác",
}  # fmt: skip


@given(data=st.data())
def test_nothing_that_differs_is_passed_over(data: st.DataObject) -> None:
    """Whatever one value inside an edition becomes, there is a line about it."""
    old = data.draw(st.sampled_from(SHIPPED))
    new = changed_somewhere(plain(old), data)
    assert bool(differences(old, new)) == (old != new)
    assert bool(differences(old, new, "en")) == (old != new)


def changed_somewhere(values: dict[str, Any], data: st.DataObject) -> Definition:
    """The edition with one list item gone, one text longer, one number bigger, or one yes a no."""
    made = deepcopy(values) | {name: OTHER[name] for name in [data.draw(st.sampled_from(sorted(OTHER)))]}
    made = made if data.draw(st.booleans()) else deepcopy(values)
    node: Any = made
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        keys = [key for key in keys if key not in ("in_force", "tests", "from")]
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        value = node[key]
        if isinstance(value, dict | list) and value and data.draw(st.integers(0, 4)):
            node = value
        elif isinstance(node, list):
            del node[key]
            break
        else:
            node[key] = other(value)
            break
    try:
        return parse(made)
    except (msgspec.ValidationError, TypeError):
        return parse(values)


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"{value}x" if isinstance(value, str) else value


def test_the_words_say_where_each_change_is_made() -> None:
    new = definition(online="partial", papers=[], form=forms.empty("Tờ khai", "Form"))
    assert [each.part for each in differences(parse(raw()), new)] == ["head", "papers", "form"]
