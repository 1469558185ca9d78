"""``motcua try`` and ``motcua bpmn``: a process is walked, exported and read back, and nothing is written."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.base.models import Fact
from motcua.catalogue.models import Edition
from motcua.dossiers.models import Dossier
from motcua.sites.cli import commands
from tests.catalogue.samples import definition, raw, steps
from tests.node import BIRTH, Node

Said = pytest.CaptureFixture[str]


def written(folder: Path, **changes: Any) -> str:
    """A file with the sample procedure."""
    (folder / "9.000001.yaml").write_text(json.dumps(raw(**changes)), "utf-8")
    return str(folder / "9.000001.yaml")


def told(capsys: Said, *arguments: str) -> tuple[int, Any, str]:
    """The exit code, the JSON on standard output and what standard error said."""
    code = commands.run([*arguments])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out.startswith("{") else said.out, said.err


def test_every_path_of_a_file_is_told_to_a_program(tmp_path: Path, capsys: Said) -> None:
    code, found, _ = told(capsys, "try", written(tmp_path), "--json")
    assert code == 0
    assert (found["problems"], found["complete"], found["never_taken"]) == ([], True, [])
    assert (len(found["paths"]), found["longest_hours"]) == (16, 8)
    assert found["paths"][0] == {
        "granted": True, "hours": 8, "roles": ["reception", "clerk", "approver"], "when": [],
        "stops": [
            {"step": "tiep-nhan", "role": "reception", "hours": 1, "action": "pass", "again": False,
             "label": "Chuyển tiếp"},
            {"step": "xet", "role": "clerk", "hours": 4, "action": "pass", "again": False, "label": "Chuyển tiếp"},
            {"step": "ky", "role": "approver", "hours": 2, "action": "pass", "again": False, "label": "Đồng ý"},
            {"step": "tra", "role": "reception", "hours": 1, "action": "hand_over", "again": False,
             "label": "Trả kết quả"},
        ],
    }  # fmt: skip


def test_every_path_of_a_file_is_told_to_a_person(tmp_path: Path, capsys: Said) -> None:
    code, text, _ = told(capsys, "try", written(tmp_path))
    assert code == 0
    assert "  2. Thẩm tra · Chuyên viên thụ lý · 4 giờ làm việc\n" in text
    assert (
        "      Tiếp nhận —Chuyển tiếp→ Thẩm tra —Chuyển tiếp→ Ký duyệt —Đồng ý→ Trả —Trả kết quả→ kết thúc\n" in text
    )
    assert text.endswith(
        "16 đường đi từ tiếp nhận đến trả kết quả; dài nhất 8 giờ làm việc; mọi lối ra đều được đi qua.\n"
    )


def test_a_process_with_one_hour_missing_is_walked_and_named_wrong(tmp_path: Path, capsys: Said) -> None:
    code, found, _ = told(capsys, "try", written(tmp_path, process=steps(xet={"hours": 3})), "--json")
    assert code == 1
    assert found["problems"][0] == "process: its hours are 7, the limit of channel online is 8"
    assert found["longest_hours"] == 7


def test_a_process_that_leads_nowhere_is_told_and_not_walked(tmp_path: Path, capsys: Said) -> None:
    code, text, _ = told(capsys, "try", written(tmp_path, process=steps(xet={"then": {"pass": "dau-do"}})))
    assert code == 1
    assert "  SAI  process.xet.pass: unknown target 'dau-do'\n" in text
    assert text.endswith("Không có đường nào đi hết quy trình.\n")


def test_more_paths_than_asked_for_are_said_to_be_more(tmp_path: Path, capsys: Said) -> None:
    code, found, _ = told(capsys, "try", written(tmp_path), "--json", "--most", "1")
    assert (code, len(found["paths"]), found["complete"]) == (0, 1, False)
    assert {"step": "xet", "action": "refuse"} in found["never_taken"]


def test_a_procedure_that_only_informs_has_nothing_to_try(tmp_path: Path, capsys: Said) -> None:
    code, text, _ = told(capsys, "try", written(tmp_path, process=[]))
    assert (code, text.splitlines()[-1]) == (0, "Thủ tục này chỉ để tra cứu: chưa có quy trình giải quyết.")


def test_a_procedure_of_the_catalogue_is_tried_without_a_trace(node: Node, capsys: Said) -> None:
    before = (Fact.objects.count(), Dossier.objects.count(), Edition.objects.count())
    code, found, _ = told(capsys, "try", BIRTH, "--json")
    assert (code, found["edition"], found["state"], found["source"]) == (0, 1, "published", BIRTH)
    assert len(found["paths"]) == 16
    assert (Fact.objects.count(), Dossier.objects.count(), Edition.objects.count()) == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["try", "9.999999"], "Không có thủ tục mang mã 9.999999."),
        (["try", BIRTH, "--edition", "7"], "Không tìm thấy phiên bản này của thủ tục."),
        (["try", "khong-co.yaml"], "Không tìm thấy tệp khong-co.yaml."),
        (["bpmn", "export", "9.999999"], "Không có thủ tục mang mã 9.999999."),
        (["bpmn", "read", "khong-co.bpmn"], "Không tìm thấy tệp khong-co.bpmn."),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(
    node: Node, capsys: Said, arguments: list[str], sentence: str
) -> None:
    code, out, err = told(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)


def test_a_process_goes_out_as_bpmn_and_comes_back(tmp_path: Path, capsys: Said) -> None:
    source, target = written(tmp_path), str(tmp_path / "a.bpmn")
    assert told(capsys, "bpmn", "export", source, "--to", target)[0] == 0
    code, found, _ = told(capsys, "bpmn", "read", target)
    assert code == 0
    assert definition(process=found["process"]).process == definition().process


def test_an_export_never_writes_over_a_file(tmp_path: Path, capsys: Said) -> None:
    target = tmp_path / "a.bpmn"
    target.write_text("của người khác", "utf-8")
    code, _, err = told(capsys, "bpmn", "export", written(tmp_path), "--to", str(target))
    assert (code, target.read_text("utf-8")) == (2, "của người khác")
    assert str(target) in err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE a><a/>", "Không đọc được tệp BPMN: DOCTYPE. Hãy xuất lại sơ đồ ở dạng BPMN 2.0."),
        (b"\x00\x01", "Không đọc được tệp BPMN: "),
    ],
)
def test_a_file_that_is_no_bpmn_is_refused_in_one_sentence(
    tmp_path: Path, capsys: Said, content: bytes, sentence: str
) -> None:
    (tmp_path / "a.bpmn").write_bytes(content)
    code, out, err = told(capsys, "bpmn", "read", str(tmp_path / "a.bpmn"))
    assert (code, out) == (2, "")
    assert err.startswith(sentence)


def test_a_procedure_without_a_process_has_no_bpmn(tmp_path: Path, capsys: Said) -> None:
    code, _, err = told(capsys, "bpmn", "export", written(tmp_path, process=[]))
    assert (code, err.split(". ")[0]) == (2, "Thủ tục 9.000001 chưa có quy trình giải quyết")


def test_a_shipped_file_can_be_tried_as_it_lies_there(capsys: Said) -> None:
    code, found, _ = told(capsys, "try", str(settings.DATA / f"procedures/{BIRTH}.yaml"), "--json")
    assert (code, found["procedure"], found["edition"], len(found["paths"])) == (0, BIRTH, None, 16)


def test_a_file_is_tried_and_exported_without_django(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom motcua.__main__ import main\ncodes = [main(['try', sys.argv[1]]), "
        "main(['bpmn', 'export', sys.argv[1], '--to', sys.argv[2]])]\n"
        "print(codes, sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')))"
    )
    made = tmp_path / "made.bpmn"
    arguments = [sys.executable, "-c", script, written(tmp_path), str(made)]
    said = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=settings.DATA.parent)
    assert said.stdout.splitlines()[-1] == "[0, 0] []"
    assert made.stat().st_size > 1000


def test_tasks_opinions_timeouts_and_automatic_steps_are_told(tmp_path: Path, capsys: Said) -> None:
    extra = {
        "tasks": [{"task": "a", "name": "Kiểm tra"}],
        "opinions": [{"opinion": "ca", "name": "Công an xã", "hours": 16}],
        "timeouts": [{"then": "remind", "hours": 40}],
    }
    ways = {"phone": {"to": "ky", "when": "answered.thu_dien_tu && dossier.channel == 'online'"}, "usual": "xet"}
    sort = {"step": "re", "name": "Phân luồng", "role": "", "hours": 0, "does": "automatic", "then": ways}
    receive, *others = steps(**{"tiep-nhan": {"then": {"pass": "re"}}}, xet=extra)
    file = written(tmp_path, process=[receive, sort, *others])
    code, found, _ = told(capsys, "try", file, "--json")
    assert (code, found["problems"], found["never_taken"]) == (0, [], [])
    assert found["steps"][2]["extra"] == [
        "Việc: Kiểm tra", "Lấy ý kiến: Công an xã, 16 giờ làm việc", "Sau 40 giờ làm việc: nhắc việc",
    ]  # fmt: skip
    assert found["steps"][2]["opinions"] == [{"opinion": "ca", "name": "Công an xã", "hours": 16}]
    assert found["paths"][0]["when"] == ["Thư điện tử đã điền và Hình thức nộp là trực tuyến"]
    assert found["paths"][0]["roles"] == ["reception", "approver"]
    _, said, _ = told(capsys, "try", file)
    assert "  2. Phân luồng · Tự động\n" in said
    assert "     – Lấy ý kiến: Công an xã, 16 giờ làm việc\n" in said
