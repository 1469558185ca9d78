"""The picture of a process: every step and arrow on it, its words beside it, nothing in it that runs."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from motcua.base.errors import DefinitionError
from motcua.diagrams import svg, words
from motcua.diagrams.places import BOX_WIDTH, picture, wrapped
from tests.catalogue.samples import definition, steps
from tests.diagrams.shipped import SHIPPED, shipped

SVG = "{http://www.w3.org/2000/svg}"
GONE = svg.Way("xet", {("tiep-nhan", "pass"): 1, ("xet", "pass"): 2, ("ky", "return"): 2})


def texts(root: Element) -> list[str]:
    """What can be read on the picture, label lines joined."""
    return [" ".join(part.strip() for part in text.itertext() if part.strip()) for text in root.iter(f"{SVG}text")]


def test_every_step_stands_on_it_with_its_role_and_hours_and_every_arrow_with_its_action() -> None:
    root = fromstring(svg.draw(definition()))
    assert texts(root) == [
        "Tiếp nhận", "Tiếp nhận và trả kết quả", "1 giờ làm việc",
        "Thẩm tra", "Chuyên viên thụ lý", "4 giờ làm việc",
        "Ký duyệt", "Lãnh đạo ký duyệt", "2 giờ làm việc",
        "Trả", "Tiếp nhận và trả kết quả", "1 giờ làm việc", "Kết thúc",
        "Chuyển tiếp",
        "Chuyển tiếp", "Yêu cầu bổ sung", "Đề nghị từ chối", "Đồng ý", "Trả lại", "Từ chối", "Trả kết quả",
    ]  # fmt: skip
    assert len(root.findall(f"{SVG}polyline")) == 8


def test_it_has_a_name_and_a_description_for_those_who_do_not_see_it() -> None:
    root = fromstring(svg.draw(definition(), prefix="p1"))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "p1-title p1-desc")
    assert (title.get("id"), title.text) == ("p1-title", "Quy trình giải quyết: Cấp thẻ thư viện 9.000001")
    assert desc.text and desc.text.startswith(
        "1. Tiếp nhận (Tiếp nhận và trả kết quả, 1 giờ làm việc): Chuyển tiếp → Thẩm tra. "
        "2. Thẩm tra (Chuyên viên thụ lý, 4 giờ làm việc): "
        "Chuyển tiếp → Ký duyệt; Yêu cầu bổ sung → Thẩm tra; Đề nghị từ chối → Ký duyệt."
    )


def test_it_speaks_english_where_somebody_wrote_it() -> None:
    found = definition(process=steps(xet={"name_en": "Examination"}))
    read = texts(fromstring(svg.draw(found, language="en")))
    assert read[3:6] == ["Examination", "Clerk", "4 working hours"]
    assert read[2] == "1 working hour"
    assert read[6] == "Ký duyệt"
    assert words.described(found, "en")[2].endswith("Grant → Trả; Return → Examination; Refuse → Trả.")


def test_where_a_dossier_went_and_is_stands_in_words_and_not_in_colour_alone() -> None:
    root = fromstring(svg.draw(definition(), GONE))
    read = texts(root)
    assert read[3] == "Đã qua"
    assert read[7] == "Đang ở bước này"
    assert read.count("Đã qua") == 2  # tiếp nhận, ký duyệt
    assert [text for text in read if "×" in text] == ["Chuyển tiếp ×2", "Trả lại ×2"]
    thick = [line for line in root.findall(f"{SVG}polyline") if line.get("stroke-width") == "3"]
    assert len(thick) == 3
    desc = root.find(f"{SVG}desc")
    assert desc is not None and (desc.text or "").startswith("Đang ở bước này: Thẩm tra. 1. ")


def test_before_anything_happened_no_step_is_marked() -> None:
    read = texts(fromstring(svg.draw(definition())))
    assert not {"Đã qua", "Đang ở bước này"} & set(read)


def test_a_condition_is_told_with_the_title_of_its_field() -> None:
    when = "gap && so_trang <= 10"
    form = {
        "properties": {
            "gap": {"type": "boolean", "title": "Làm gấp"},
            "so_trang": {"type": "integer", "title": "Số trang", "x-en": "Pages"},
        }
    }
    found = definition(process=steps(xet={"then": {"pass": "ky", "nhanh": {"to": "ky", "when": when}}}), form=form)
    assert "nhanh (Làm gấp: có và Số trang không quá 10) → Ký duyệt" in words.described(found)[1]
    assert "Pages is at most 10" in words.described(found, "en")[1]


FULL = {
    "tasks": [{"task": "a", "name": "Kiểm tra"}, {"task": "b", "name": "Đối chiếu", "hours": 1, "required": False}],
    "opinions": [{"opinion": "ca", "name": "Công an xã", "name_en": "Commune police", "hours": 16}],
    "timeouts": [{"then": "remind", "hours": 40}, {"then": "close", "working_days": 15}],
}


def test_a_step_tells_its_tasks_opinions_and_what_happens_by_itself() -> None:
    found = definition(process=steps(xet=FULL, tra={"hours": None}))
    read = texts(fromstring(svg.draw(found)))
    assert read[5:12] == [
        "4 giờ làm việc", "– 2 việc phải làm", "– Lấy ý kiến: Công an xã,", "16 giờ", "– Sau 40 giờ: nhắc việc",
        "– Sau 15 ngày làm việc:", "đóng hồ sơ",
    ]  # fmt: skip
    assert "không giới hạn thời gian" in read
    assert words.described(found)[1].endswith(
        " Việc: Kiểm tra. Việc: Đối chiếu (1 giờ làm việc, không bắt buộc). Lấy ý kiến: Công an xã, 16 giờ làm việc."
        " Sau 40 giờ làm việc: nhắc việc. Sau 15 ngày làm việc: đóng hồ sơ."
    )
    assert " Opinion of: Commune police, 16 working hours." in words.described(found, "en")[1]


def test_an_automatic_step_has_another_shape_and_tells_its_conditions_only() -> None:
    form = {"properties": {"gap": {"type": "boolean", "title": "Làm gấp"}}}
    ways = {"quick": {"to": "ky", "when": "gap"}, "usual": "xet"}
    sorting = {"step": "re", "name": "Phân luồng", "role": "", "hours": 0, "does": "automatic", "then": ways}
    receive, *others = steps(**{"tiep-nhan": {"then": {"pass": "re"}}})
    found = definition(process=[receive, sorting, *others], form=form)
    root = fromstring(svg.draw(found, svg.Way("xet", {("tiep-nhan", "pass"): 1, ("re", "usual"): 1})))
    assert len(root.findall(f"{SVG}polygon")) == 1
    assert {"Tự động", "Còn lại"} <= set(texts(root))
    assert words.described(found)[1] == "Phân luồng (Tự động): Làm gấp: có → Ký duyệt; Còn lại → Thẩm tra."


def test_what_people_wrote_can_not_become_markup() -> None:
    name = '<script>alert("1")</script> & </svg>'
    drawn = svg.draw(definition(name={"vi": name}, process=steps(xet={"name": name})))
    assert "<script" not in drawn
    assert drawn.count("</svg>") == 1
    assert name in (fromstring(drawn).findtext(f"{SVG}title") or "")


def test_it_holds_nothing_that_runs_or_styles_or_loads() -> None:
    root = fromstring(svg.draw(definition(), GONE))
    names = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {
        "svg", "title", "desc", "defs", "marker", "path", "polyline", "rect", "text", "tspan", "g", "circle",
    }  # fmt: skip


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_process_fits_a_phone_and_nothing_lies_on_another(code: str) -> None:
    placed = picture(shipped(code), "vi")
    assert placed.width <= 410  # px: on a phone of 360 a letter of 14 px is still 12 px high
    for above, below in zip(placed.boxes, placed.boxes[1:], strict=False):
        assert above.y + above.height < below.y
    for line in placed.lines:
        for x, y in line.points:
            assert 0 <= x <= placed.width
            assert 0 <= y <= placed.height
    beside = [line for line in placed.lines if line.side != "on"]
    assert len({(line.side, line.points[1][0]) for line in beside}) == len(beside)  # each on a track of its own
    assert all(line.points[0][0] in {placed.left, placed.left + BOX_WIDTH} for line in beside)


def test_a_long_name_is_broken_between_words_and_a_longer_word_is_cut() -> None:
    assert wrapped("Thẩm định hồ sơ", 80, 8) == ("Thẩm định", "hồ sơ")
    assert wrapped("Khôngcókhoảngtrắng", 80, 8) == ("Khôngcókh…",)


def test_no_process_is_no_picture_and_one_that_contradicts_itself_is_refused() -> None:
    assert svg.draw(definition(process=[])) == ""
    with pytest.raises(DefinitionError):
        svg.draw(definition(process=steps(xet={"then": {"pass": "dau-do"}})))
