"""The formats of procedures on disk, from file to definition; and files that are broken in every way."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.catalogue.definition import Fee, Limit, parse, plain
from motcua.catalogue.ports import Record, Rejected
from motcua.catalogue.rules import publish_problems
from motcua.sources.adapters import disk
from motcua.sources.adapters.disk import Disk
from tests.catalogue.samples import KNOWN_ON, crawled, raw


def read(file: Path, known_on: date = KNOWN_ON) -> list[Record | Rejected]:
    return list(Disk().read(file, known_on))


def only(file: Path) -> Record:
    (found,) = read(file)
    assert isinstance(found, Record)
    return found


def write(folder: Path, name: str, value: Any) -> Path:
    file = folder / name
    file.write_text(json.dumps(value, ensure_ascii=False))
    return file


def test_a_crawled_page_becomes_a_definition(tmp_path: Path) -> None:
    found = only(write(tmp_path, "a.json", crawled()))
    edition = found.definition
    assert (found.code, found.rank, found.dated) == ("9.000002", 1, False)
    assert (edition.name.vi, edition.field, edition.ministry) == ("Cấp giấy phép nuôi ong", "Nuôi ong", "Bộ Tư pháp")
    assert edition.levels == ("commune", "province", "ministry")
    assert edition.subjects == ("organisation", "citizen")
    assert edition.channels["online"][0].limit == Limit(working_days=7, text="7 Ngày làm việc")
    assert [(paper.name, paper.note, paper.originals) for paper in edition.papers] == [
        ("Đơn đề nghị", "Mau 1.docx", 1)
    ]
    assert [(one.name, one.code) for one in edition.results] == [("Giấy phép", "KQ.G15.000999")]
    assert edition.law == ("60/2014/QH13",)
    assert edition.sequence == "Bước 1: nộp.\nBước 2: nhận."
    assert edition.conditions == ""
    assert edition.online is None
    assert edition.in_force.from_ == KNOWN_ON
    assert edition.extra["address"] == "https://example.org/1"
    assert [defect.kind for defect in found.defects] == ["page_footer_cut"]
    assert publish_problems(edition) == []


def test_what_a_crawled_page_lacks_is_reported_and_unread_tables_are_kept_whole(tmp_path: Path) -> None:
    page = crawled(linh_vuc="", cach_thuc_thuc_hien="Nộp tại xã", thanh_phan_ho_so="; nộp cho xã.", ket_qua_xu_ly="")
    found = only(write(tmp_path, "a.json", page))
    assert found.definition.extra["channels_text"] == "Nộp tại xã"
    assert found.definition.extra["papers_text"] == "; nộp cho xã."
    assert sorted(defect.kind for defect in found.defects) == [
        "channels_unreadable",
        "field_missing",
        "papers_unreadable",
    ]


def test_a_document_with_tables_becomes_a_definition(tmp_path: Path) -> None:
    document = {
        "thu_tuc_id": "9.000003",
        "metadata": {
            "mã_thủ_tục": "9.000003",
            "tên_thủ_tục": "Cấp thẻ ra vào đảo",
            "số_quyết_định": "1/QĐ-BQP",
            "cấp_thực_hiện": "Cấp Bộ, Cấp Xã",
            "lĩnh_vực": "Biển đảo",
        },
        "content": {
            "đối_tượng_thực_hiện": "Công dân Việt Nam",
            "kết_quả_thực_hiện": "Thẻ",
            "từ_khóa": "Không có thông tin",
        },
        "tables": {
            "hinh_thuc_nop": [
                {
                    "hinh_thuc": "Trực tiếp",
                    "thoi_han_giai_quyet": "07 Ngày",
                    "phi_le_phi": "Phí : Không Đồng",
                    "mo_ta": "Tại đảo",
                },
                {"hinh_thuc": "Thuyền", "thoi_han_giai_quyet": "1", "phi_le_phi": "", "mo_ta": ""},
            ],
            "thanh_phan_ho_so": [
                {"ten_giay_to": "Đơn", "so_luong": "don.docx", "ghi_chu": "Bản chính: 1\nBản sao: 0"},
                {"ten_giay_to": "Ảnh", "so_luong": "", "ghi_chu": "hai tấm"},
            ],
            "can_cu_phap_ly": [{"so_ky_hieu": "Luật 47/2014/QH13", "trich_yeu": ""}],
        },
    }
    found = only(write(tmp_path, "a.json", document))
    edition = found.definition
    assert (edition.ministry, edition.levels, edition.law) == (
        "Bộ Quốc phòng",
        ("ministry", "commune"),
        ("47/2014/QH13",),
    )
    row = edition.channels["direct"][0]
    assert (row.limit, row.fees, row.note) == (
        Limit(days=7, text="07 Ngày"),
        (Fee(kind="fee", amount_vnd=0, text="Phí : Không Đồng"),),
        "Tại đảo",
    )
    assert list(edition.channels) == ["direct"]
    assert [(p.name, p.originals, p.copies, p.note) for p in edition.papers] == [
        ("Đơn", 1, 0, "don.docx"),
        ("Ảnh", None, None, ""),
    ]
    assert [defect.kind for defect in found.defects] == [
        "channel_unknown",
        "paper_count_unreadable",
        "legal_code_dirty",
    ]


def api_record(**changes: Any) -> dict[str, Any]:
    method = {
        "submissionMethod": "ONLINE",
        "processingTime": 5,
        "processingTimeUnit": "WORKING_DAY",
        "fees": [{"type": "FEE", "value": 0}, {"type": "CHARGE", "value": None}],
    }
    component = {
        "originalQty": 1,
        "copyQty": 0,
        "required": True,
        "name": "Đơn […]",
        "attachments": [{"fileName": "don.docx"}],
    }
    return {
        "code": "9.000004",
        "name": "Gia hạn giấy phép chợ đêm",
        "executionMethods": [method],
        "executionSteps": [{"name": "", "description": "- Nộp."}],
        "executionCases": [{"name": "", "profileComponents": [component]}],
        "isWard": True,
        "isProvince": False,
        "isFullProcess": False,
        "categoriesDetails": [{"name": "Thương mại"}],
        "legalBasisesDetails": [{"name": "Nghị định số 9/2026/NĐ-CP", "code": "nghị định 9/2026"}],
        "resultsDetails": [{"name": "Giấy phép", "code": "KQ.G02.000999"}],
        "subjectTypesDetails": [{"name": "Doanh nghiệp"}],
        "procedureProposal": {"proposalNumber": "1/QĐ-BCT", "publicationDate": 1767200400000},
        **changes,
    }


def test_a_record_of_the_interface_becomes_a_definition(tmp_path: Path) -> None:
    found = only(write(tmp_path, "a.json", api_record()))
    edition = found.definition
    assert (edition.levels, edition.subjects, edition.online) == (("commune",), ("enterprise",), "partial")
    assert edition.in_force.from_ == date(2026, 1, 1)  # 17:00 UTC of the day before: midnight in Việt Nam
    assert found.dated
    row = edition.channels["online"][0]
    assert row.limit == Limit(working_days=5, text="5 WORKING_DAY")
    assert [(fee.kind, fee.amount_vnd) for fee in row.fees] == [("fee", 0), ("charge", None)]
    assert edition.law == ("9/2026/NĐ-CP",)
    assert edition.papers[0].note == "don.docx"
    assert sorted(defect.kind for defect in found.defects) == ["fee_without_amount", "legal_code_dirty", "text_cut"]


def test_a_time_of_the_interface_without_a_known_unit_stays_text(tmp_path: Path) -> None:
    method = {"submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "MOON", "fees": []}
    found = only(write(tmp_path, "a.json", api_record(executionMethods=[method])))
    assert found.definition.channels["direct"][0].limit == Limit(text="5 MOON")
    assert "limit_without_unit" in [defect.kind for defect in found.defects]
    assert found.definition.online == "information"


def test_a_row_of_an_index_says_little_and_knows_it(tmp_path: Path) -> None:
    row = {
        "ma_tthc": "9.000005",
        "ten_tthc": "Cấp phép […]",
        "cap_thuc_hien": "Cấp tỉnh",
        "linh_vuc": "Chợ",
        "loai_tthc": "",
    }
    found = only(write(tmp_path, "a.json", [row]))
    assert (found.rank, found.definition.levels, found.definition.channels) == (0, ("province",), {})
    assert [defect.kind for defect in found.defects] == ["index_row_only", "text_cut"]


def test_the_own_format_is_read_with_its_form(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "procedures").mkdir()
    write(tmp_path / "forms", "a.form.json", {"title": "Đơn"})
    found = only(write(tmp_path / "procedures", "9.000001.yaml", raw(form="a.form.json")))
    assert (found.rank, found.dated, found.definition.form) == (2, True, {"title": "Đơn"})


@pytest.mark.parametrize("form", ["gone.form.json", "../a.form.json", "/etc/hostname"])
def test_a_form_that_is_not_there_or_elsewhere_is_refused(tmp_path: Path, form: str) -> None:
    (found,) = read(write(tmp_path, "a.yaml", raw(form=form)))
    assert isinstance(found, Rejected)
    assert found.reason.startswith("form_missing(")


@pytest.mark.parametrize(
    "change", [{"in_force": {"from": "2026-02-30"}}, {"procss": []}, {"levels": "commune"}, {"name": 7}]
)
def test_a_malformed_definition_is_refused_alone(tmp_path: Path, change: dict[str, Any]) -> None:
    found = read(write(tmp_path, "a.json", [raw("9.000001", **change), raw("9.000002")]))
    assert [type(one) for one in found] == [Rejected, Record]
    assert found[0].code == "9.000001"
    assert found[0].reason.startswith("definition_malformed(")  # type: ignore[union-attr]


def test_a_value_that_is_no_procedure_is_refused_alone(tmp_path: Path) -> None:
    found = read(
        write(tmp_path, "a.json", [raw(), {"a": 1}, 7, {**crawled(), "ma_thu_tuc": None, "ten_thu_tuc": "x"}])
    )
    assert [type(one) for one in found] == [Record, Rejected, Rejected, Record]


def test_a_definition_survives_being_written_and_read(tmp_path: Path) -> None:
    edition = only(write(tmp_path, "a.json", crawled())).definition
    assert parse(json.loads(json.dumps(plain(edition), default=str))) == edition


def test_lines_and_gzip_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(crawled(f"9.00000{number}")) for number in range(3))
    packed = tmp_path / "crawl_2026-05" / "a.jsonl.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + lines.encode()))
    found = read(packed)
    assert [one.code for one in found] == ["9.000000", "9.000001", "9.000002"]
    assert {one.definition.in_force.from_ for one in found if isinstance(one, Record)} == {date(2026, 5, 1)}


# Nine lines that stand for a thousand million words.
BOMB = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}' if n else 'x'] * 10)}]" for n in range(9)).encode()
BROKEN = {
    "empty.json": (b"", "file_empty"),
    "blank.json": (b"  \n\n", "file_empty"),
    "emptygz.json": (gzip.compress(b""), "file_empty"),
    "cut.json.gz": (gzip.compress(json.dumps(crawled()).encode() * 50)[:-40], "file_unreadable"),
    "notgz.json.gz": (b"\x1f\x8bnonsense", "file_unreadable"),
    "half.json": (b'{"ma_thu_tuc": "9', "file_unreadable"),
    "line.jsonl": (json.dumps(crawled()).encode() + b'\n{"ma_thu', "file_unreadable"),
    "deep.json": (b"[" * 100_000, "file_unreadable"),
    "latin.yaml": (b"procedure: \xe9\xff", "file_unreadable"),
    "bomb.yaml": (BOMB, "file_unreadable"),
    "circle.yaml": (b"a: &a [*a]", "file_unreadable"),
    "tabs.yaml": (b"procedure:\n\t- x: [", "file_unreadable"),
    "other.json": (b'{"fruit": "apple"}', "file_unknown_format"),
    "text.yaml": (b"just words", "file_unknown_format"),
    "picture.yaml": (b"\x89PNG\r\n\x1a\n\x00\x00", "file_unreadable"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_whole(tmp_path: Path, name: str) -> None:
    content, code = BROKEN[name]
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Invalid) as refusal:
        read(file)
    assert refusal.value.code == code
    assert refusal.value.details["file"] == str(file)


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "MOST_BYTES", 1000)
    file = tmp_path / "bomb.json.gz"
    file.write_bytes(gzip.compress(b" " * 100_000))
    with pytest.raises(Invalid) as refusal:
        read(file)
    assert refusal.value.code == "file_too_big"


def test_files_below_a_folder_are_found_in_order_and_others_left_alone(tmp_path: Path) -> None:
    for name in ("b/2.yaml", "a/1.jsonl.gz", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in Disk().find(tmp_path)] == ["1.jsonl.gz", "2.yaml"]


def test_a_path_that_is_not_there_or_holds_nothing_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone", tmp_path):
        with pytest.raises(Invalid) as refusal:
            Disk().find(path)
        assert refusal.value.code == "file_missing"
