"""Definitions of a one-stop desk, from XML to drafts; made-up XML in the source's shapes, and what is odd in it."""

from datetime import date
from pathlib import Path

import pytest

from motcua import forms
from motcua.base.errors import Invalid
from motcua.catalogue.definition import Channel, Exit, Fee, Limit, Paper, Step, Task
from motcua.catalogue.ports import Defect, Rejected
from motcua.catalogue.rules import draft_problems, form_of, publish_problems
from motcua.processes.paths import paths
from motcua.sources.adapters.onestop import OneStop
from motcua.sources.adapters.onestop_terms import days_of
from motcua.sources.ports import DeskRecord, Place

KNOWN_ON = date(2026, 11, 10)
WORKFLOW = """<?xml version="1.0"?>
<process code="DT90" name="Cấp phép  nuôi ong" totaltime="3.5" version="1" fee="10.000">
  <step order="1" group="BP_MOT_CUA" name="Tiếp nhận hồ sơ" time="0.5" role="TIEP_NHAN">
    <task code="DT90::TIEP_NHAN" name="Tiếp nhận" time="0" next="DT90::BAN_GIAO" single_user="true"/>
    <task code="DT90::BAN_GIAO" name="Bàn giao" time="0.5" next="DT90::THU_LY"/>
  </step>
  <step order="3" group="BP_MOT_CUA" name="Trả kết quả" time="0" role="TRA_KET_QUA">
    <task code="DT90::TRA_KET_QUA" name="Trả" time="0" next="NULL"/>
  </step>
  <step order="2" group="PHONG_ONG" name="Phòng nuôi ong" time="2" role="XU_LY">
    <task code="DT90::THU_LY" name="Thụ lý" time="2" next="DT90::XET_DUYET"/>
    <task code="DT90::XET_DUYET" name="Xét duyệt" time="1" next="DT90::KY_DUYET"/>
  </step>
  <step order="2" group="LANH_DAO_DON_VI" name="Ký duyệt" time="1">
    <task code="DT90::KY_DUYET" name="Ký duyệt" time="0" next="DT90::THU_PHI" biz_done="true"/>
  </step>
  <step order="2" group="BP_MOT_CUA" name="Thu phí" time="0" role="THU_PHI">
    <task code="DT90::THU_PHI" name="Thu phí" time="0" next="DT90::TRA_KET_QUA"/>
  </step>
</process>"""
FORM = """<?xml version="1.0" encoding="UTF-8"?>
<form>
  <line label="" cols="1"><item type="TextboxName" id="txtName" name="" allownull="no" validate="text"
    label="Tên chủ đàn : " defaul_value="" size="60" Even="ConverUpperCase('txtName',this.value)"/></line>
  <line label="1. Đàn ong" cols="2">
    <item type="Textbox" id="txtSoDan" allownull="yes" validate="number" label="Số đàn:(đàn)" defaul_value="01"/>
    <item type="TextboxDate" id="txtNgayNhan" allownull="no" validate="date" label="Ngày nhận:"/>
  </line>
  <line label="" cols="1"><item type="TextboxDate" id="txtNgaySinh" validate="text" label="Ngày sinh"/></line>
  <line label="" cols="1"><item type="TextboxMoney" id="txtCost" validate="money" label="Lệ phí"/></line>
  <line label="" cols="1"><item type="DropDownList" id="ddlXa" validate="ddli" label="Xã" defaul_value="0"
    src_file="public/xml/xa.xml"/></line>
  <line label="" cols="1"><item type="TextboxArea" id="txtGhiChu" validate="text" label="Ghi chú"/></line>
  <line label="" cols="1"><item type="Textbox" id="txtDienThoai" validate="phone" label="Điện thoại"/></line>
  <line label="" cols="1"><item type="Textbox" id="txtThu" validate="Email" label="Thư"/></line>
  <line label="" cols="1"><item type="Checkbox" value="0" id="ckbNuoiO" validate="" title="Nuôi ở vườn"/></line>
  <line label="" cols="1"><item type="Textbox" id="txtSoDan" validate="no" label="Số đàn cũ"/></line>
  <line label="" cols="1"><item type="Button" id="btnSave" validate="" value="Ghi lại"/></line>
  <!--<line label="" cols="1">
    <item type="Textbox" id="txtCu" label='Mục "cũ" &gt; 1'/><item type="Button" id="btnCu" value="x"/></line>-->
  <line label="Tài liệu kèm theo đơn" cols="1">
    <item type="Checkbox" value="0" doc="yes" id="ckbA" title="Đơn xin (02 bản)"/></line>
  <line label="" cols="1"><item type="Checkbox" value="1" id="ckbB" title="Ảnh tổ ong"/></line>
  <line label="" cols="1"><item type="TextboxArea" id="txtTaiLieuKhac" name="" label="" validate="text"/></line>
</form>"""
GROUPS = (
    "code,name\nBP_MOT_CUA,Bộ phận một cửa\nPHONG_ONG,Phòng nuôi ong\nLANH_DAO_DON_VI,Lãnh đạo\n"
    "PHONG_QUAN_LY_DO_THI,Phòng quản lý đô thị\n"
)


def desk(folder: Path, workflow: str | bytes = WORKFLOW, form: str | bytes | None = FORM) -> Path:
    """A folder of definitions with one procedure, DT90."""
    (folder / "xml-config/DT90").mkdir(parents=True)
    (folder / "ong_groups.csv").write_text(GROUPS, encoding="utf-8-sig")
    (folder / "ong_record_types.csv").write_text("code,name,scope\nDT90,Cấp phép nuôi ong,3\n")
    for name, content in (("workflow", workflow), ("form_struct", form)):
        if content is not None:
            raw = content.encode() if isinstance(content, str) else content
            (folder / f"xml-config/DT90/DT90_{name}.xml").write_bytes(raw)
    return folder


def read(folder: Path) -> list[DeskRecord | Rejected]:
    return list(OneStop().read(folder, KNOWN_ON, "ONG"))


def only(folder: Path) -> DeskRecord:
    (found,) = read(folder)
    assert isinstance(found, DeskRecord)
    return found


def kinds(found: DeskRecord) -> list[str]:
    return sorted(defect.kind for defect in found.record.defects)


def changed(old: str, new: str) -> str:
    assert WORKFLOW.count(old) == 1
    return WORKFLOW.replace(old, new)


def test_a_workflow_becomes_a_process_in_the_order_its_tasks_lead(tmp_path: Path) -> None:
    found = only(desk(tmp_path))
    edition = found.record.definition
    assert (edition.procedure, edition.name.vi) == ("ONG.DT90", "Cấp phép nuôi ong")
    assert (edition.field, edition.agency) == ("Quản lý đô thị", "Phòng quản lý đô thị")
    assert edition.process == (
        Step(
            "tiep-nhan-ho-so",
            "Tiếp nhận hồ sơ",
            "reception",
            4,
            {"pass": "phong-nuoi-ong"},
            "receive",
            tasks=(Task("tiep-nhan", "Tiếp nhận", hours=0), Task("ban-giao", "Bàn giao", hours=4)),
        ),
        Step(
            "phong-nuoi-ong",
            "Phòng nuôi ong",
            "clerk",
            16,
            {"pass": "ky-duyet"},
            tasks=(Task("thu-ly", "Thụ lý", hours=16), Task("xet-duyet", "Xét duyệt", hours=8)),
        ),
        Step("ky-duyet", "Ký duyệt", "approver", 8, {"pass": "thu-phi"}, "decide"),
        Step("thu-phi", "Thu phí", "reception", 0, {"pass": "tra-ket-qua"}),
        Step("tra-ket-qua", "Trả kết quả", "reception", 0, {"hand_over": "end"}, "hand_over"),
    )
    assert found.places[1] == Place("phong-nuoi-ong", 2, 2)
    (way,) = paths(edition.process, form_of(edition))
    assert (way.hours, way.granted, way.actions) == (28, True, ("pass", "pass", "pass", "pass", "hand_over"))
    assert edition.channels == {
        "direct": (Channel(Limit(working_days=3.5), (Fee(amount_vnd=10_000, text="10.000"),)),)
    }
    assert edition.extra["units"]["phong-nuoi-ong"] == {"code": "PHONG_ONG", "name": "Phòng nuôi ong"}
    assert edition.extra["tasks"]["ky-duyet"][0]["biz_done"] == "true"


def test_a_form_becomes_questions_and_papers_and_nothing_is_lost(tmp_path: Path) -> None:
    found = only(desk(tmp_path))
    edition = found.record.definition
    assert edition.form is not None
    assert [(one["title"], one["fields"]) for one in edition.form["x-sections"]] == [
        ("Thông tin chung", ["name"]),
        (
            "1. Đàn ong",
            ["so_dan", "ngay_nhan", "ngay_sinh", "cost", "xa", "ghi_chu", "dien_thoai", "thu", "nuoi_o", "so_dan_2"],
        ),
        ("Tài liệu kèm theo đơn", ["tai_lieu_khac"]),
    ]
    own = edition.form["properties"]
    assert (own["name"]["title"], own["so_dan"]["title"]) == ("Tên chủ đàn", "Số đàn (đàn)")
    assert own["so_dan"]["pattern"] == "^[0-9][0-9., ]*$"
    assert (own["ngay_nhan"]["format"], own["ngay_sinh"]["format"]) == ("date", "partial-date")
    assert (own["cost"]["type"], own["nuoi_o"]["type"], own["thu"]["format"]) == ("integer", "boolean", "email")
    assert own["ghi_chu"]["x-widget"] == "textarea"
    assert own["tai_lieu_khac"]["title"] == "Tài liệu khác"
    assert edition.form["required"] == ["name", "ngay_nhan"]
    assert edition.papers == (
        Paper("don-xin-02-ban", "Đơn xin (02 bản)", required=False),
        Paper("anh-to-ong", "Ảnh tổ ong", required=False),
    )
    assert edition.extra["switched_off"] == [{"type": "Textbox", "id": "txtCu", "label": 'Mục "cũ" > 1'}]
    assert (edition.extra["defaults"], edition.extra["lists"]) == ({"so_dan": "01"}, {"xa": "public/xml/xa.xml"})
    assert (sum(found.kinds.values()), len(own), found.papers, found.switched_off) == (15, 12, 2, 1)


def test_what_is_odd_is_counted_by_kind(tmp_path: Path) -> None:
    assert kinds(only(desk(tmp_path))) == [
        "attribute_misspelt",
        "attribute_misspelt",
        "attribute_misspelt",
        "button_left_out",
        "button_left_out",
        "check_unknown",
        "date_without_check",
        "default_kept_aside",
        "document_mark_differs",
        "fee_with_separators",
        "field_switched_off",
        "field_twice",
        "label_missing",
        "options_missing",
        "paper_need_unknown",
        "paper_need_unknown",
        "tasks_longer_than_step",
    ]


def test_the_form_may_be_drafted_without_english_and_published_only_with_it(tmp_path: Path) -> None:
    edition = only(desk(tmp_path)).record.definition
    assert edition.form is not None
    assert draft_problems(edition) == []
    assert "form: form: no x-en" in publish_problems(edition)
    assert forms.problems(edition.form, draft=True) == []
    assert "name: no x-en" in forms.problems(edition.form)
    assert forms.sections(edition.form)[0].title_en == "Thông tin chung"


@pytest.mark.parametrize(
    ("old", "new", "limit", "kind"),
    [
        ('totaltime="3.5"', 'totaltime="-1"', Limit(text="Không quy định thời hạn"), "limit_none"),
        ('totaltime="3.5"', 'totaltime="0"', Limit(text="0"), "limit_not_usable"),
        ('totaltime="3.5"', 'totaltime="vài ngày"', Limit(text="vài ngày"), "limit_not_usable"),
        ('totaltime="3.5"', 'totaltime="NaN"', Limit(text="NaN"), "limit_not_usable"),
        ('totaltime="3.5" ', "", Limit(), "limit_missing"),
        ('totaltime="3.5"', 'totaltime="0.5"', Limit(working_days=0.5), "steps_do_not_add_up"),
    ],
)
def test_no_limit_is_made_up(tmp_path: Path, old: str, new: str, limit: Limit, kind: str) -> None:
    found = only(desk(tmp_path, changed(old, new)))
    assert found.record.definition.channels["direct"][0].limit == limit
    assert kind in kinds(found)


@pytest.mark.parametrize(
    ("text", "fees", "kind"),
    [
        ("", (), "fee_missing"),
        ("50000", (Fee(amount_vnd=50_000, text="50000"),), None),
        ("1.250.000", (Fee(amount_vnd=1_250_000, text="1.250.000"),), "fee_with_separators"),
        ("0", (Fee(amount_vnd=None, text="0"),), "fee_and_steps_differ"),
        ("10.00", (Fee(text="10.00"),), "fee_in_words"),
        ("-5", (Fee(text="-5"),), "fee_in_words"),
        ("9" * 40, (Fee(text="9" * 40),), "fee_in_words"),
    ],
)
def test_no_fee_is_made_up(tmp_path: Path, text: str, fees: tuple[Fee, ...], kind: str | None) -> None:
    found = only(desk(tmp_path, changed('fee="10.000"', f'fee="{text}"')))
    assert found.record.definition.channels["direct"][0].fees == fees
    assert {one for one in kinds(found) if one.startswith("fee_")} == ({kind} if kind else set())
    assert draft_problems(found.record.definition) == []


def test_a_fee_of_nothing_is_free_where_no_step_collects(tmp_path: Path) -> None:
    workflow = changed('role="THU_PHI"', 'role="XU_LY"').replace('fee="10.000"', 'fee="0"')
    assert only(desk(tmp_path, workflow)).record.definition.channels["direct"][0].fees == (
        Fee(amount_vnd=0, text="0"),
    )


def test_half_days_and_no_limit_are_read_and_nothing_else() -> None:
    assert [days_of(text) for text in ("0.5", "0,5", " 15 ", "0", "-1")] == [0.5, 0.5, 15, 0, None]
    for text in ("", None, "-2", "inf", "nan", "1e9", "hai"):
        with pytest.raises(ValueError):
            days_of(text)


def test_a_step_without_limit_is_not_a_step_of_no_time(tmp_path: Path) -> None:
    found = only(desk(tmp_path, changed('name="Phòng nuôi ong" time="2"', 'name="Phòng nuôi ong" time="-1"')))
    assert found.places[1] == Place("phong-nuoi-ong", None, 2)
    assert found.record.definition.process[1].hours is None
    assert found.record.definition.extra["steps_without_limit"] == ["phong-nuoi-ong"]
    assert "step_without_limit" in kinds(found)


def test_a_task_that_leads_nowhere_leads_to_the_step_that_follows(tmp_path: Path) -> None:
    found = only(desk(tmp_path, changed('next="DT90::KY_DUYET"', 'next="DT91::KY_DUYET"')))
    assert found.record.definition.process[1].exit("pass") == Exit("ky-duyet")
    assert Defect("next_task_unknown", "DT90::XET_DUYET", "DT91::KY_DUYET") in found.record.defects
    assert len(paths(found.record.definition.process, form_of(found.record.definition))) == 1


def test_several_ways_and_steps_that_nothing_leads_to_are_kept(tmp_path: Path) -> None:
    workflow = changed('next="DT90::XET_DUYET"', 'next="DT90::TRA_KET_QUA"')
    found = only(desk(tmp_path, workflow))
    assert found.record.definition.process[1].then == {"pass": "tra-ket-qua", "pass-ky-duyet": "ky-duyet"}
    lonely = only(desk(tmp_path / "b", changed('next="DT90::THU_PHI"', 'next="DT90::TRA_KET_QUA"')))
    assert "step_never_reached" in kinds(lonely)
    assert lonely.record.definition.process[-1].step == "thu-phi"


def test_a_loop_of_tasks_ends_the_reading_and_not_the_reader(tmp_path: Path) -> None:
    found = only(desk(tmp_path, changed('next="NULL"', 'next="DT90::TIEP_NHAN"')))
    assert found.record.definition.process[-1].exit("pass") == Exit("tiep-nhan-ho-so")
    assert "process.tra-ket-qua: has no way to hand over" in publish_problems(found.record.definition)


def test_a_department_that_approves_itself_decides_by_its_head(tmp_path: Path) -> None:
    workflow = WORKFLOW.replace("DT90::KY_DUYET", "DT90::BAN_GIAO_2")
    steps = only(desk(tmp_path, workflow)).record.definition.process
    assert [(step.step, step.role) for step in steps if step.does == "decide"] == [("phong-nuoi-ong", "head")]


def test_either_file_may_be_missing(tmp_path: Path) -> None:
    bare = only(desk(tmp_path / "a", form=None))
    assert (bare.has_form, bare.record.definition.form) == (False, None)
    assert "form_missing" in kinds(bare)
    folder = desk(tmp_path / "b")
    (folder / "xml-config/DT90/DT90_workflow.xml").unlink()
    formless = only(folder)
    assert (formless.has_process, formless.record.definition.process) == (False, ())
    assert formless.record.definition.name.vi == "Cấp phép nuôi ong"
    assert draft_problems(formless.record.definition) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_and_old_line_ends_do_no_harm(tmp_path: Path, encoding: str) -> None:
    content = FORM.replace('encoding="UTF-8"', "").replace("\n", "\r").encode(encoding)
    assert sum(only(desk(tmp_path, form=content)).kinds.values()) == 15


@pytest.mark.parametrize(
    "content",
    [
        b"<process",
        b"",
        b"\x00\x01",
        b"<html><body>404</body></html>",
        '<?xml version="1.0" encoding="klingon"?><process/>',
        '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><process code="&b;"/>',
        '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]><process code="DT90" name="&a;"/>',
        '<!DOCTYPE p []><process code="DT90"/>'.encode("utf-16"),
    ],
)
def test_a_broken_or_cunning_file_is_refused_by_name_and_the_others_come_in(
    tmp_path: Path, content: str | bytes
) -> None:
    folder = desk(tmp_path, content)
    (folder / "xml-config/DT91").mkdir()
    (folder / "xml-config/DT91/DT91_workflow.xml").write_text(WORKFLOW)
    refused, sound = read(folder)
    assert isinstance(refused, Rejected)
    assert (refused.code, refused.where) == ("ONG.DT90", "DT90")
    assert "DT90_workflow.xml" in refused.reason
    assert isinstance(sound, DeskRecord)
    assert Defect("code_differs", "DT91", "DT90") in sound.record.defects


def test_a_workflow_without_steps_is_a_draft_without_a_process(tmp_path: Path) -> None:
    found = only(desk(tmp_path, '<process code="DT90" name="Cấp phép nuôi ong" totaltime="1" fee=""/>'))
    assert (found.has_process, found.record.definition.process) == (True, ())
    assert draft_problems(found.record.definition) == []


def test_strange_kinds_and_names_are_answered_in_words(tmp_path: Path) -> None:
    form = '<form><line label=""><item type="Slider" id="9" label=""/><item id="" title="X"/></line></form>'
    found = only(desk(tmp_path, form=form))
    assert found.record.definition.form is not None
    assert found.record.definition.form["properties"]["muc_9"] == {
        "type": "string",
        "maxLength": 500,
        "title": "9",
        "x-source": "9",
    }
    assert kinds(found).count("kind_unknown") == 2
    assert draft_problems(found.record.definition) == []


def test_where_there_is_nothing_to_read_it_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Invalid) as refusal:
            read(path)
        assert refusal.value.code == "file_missing"
    folder = desk(tmp_path)
    (folder / "ong_groups.csv").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(Invalid) as refusal:
        read(folder)
    assert refusal.value.code == "file_unreadable"
