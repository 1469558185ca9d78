"""``motcua load procedures PATH`` as a person and a program meet it, on made-up files and on the real ones."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.catalogue.definition import Limit, parse
from motcua.catalogue.models import Edition, Procedure
from motcua.catalogue.queries import edition_for
from motcua.sites.cli import load_procedures
from tests.catalogue.samples import crawled, raw
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def load(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON object on standard output, and what standard error said."""
    code = load_procedures.run(Namespace(path=path, json=True))
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_a_folder_comes_in_and_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(crawled(f"9.00000{number}")) for number in range(2)))
    (tmp_path / "9.000007.yaml").write_text(json.dumps(raw("9.000007")))
    (tmp_path / "fields.yaml").write_text("- {code: x, name: {vi: X}}")
    code, report, _ = load(tmp_path, capsys)
    assert (code, report["read"], report["new"], report["refused"]) == (0, 3, 3, [])
    assert report["codes"] == ["9.000000", "9.000001", "9.000007"]
    assert [Path(file).name for file in report["skipped"]] == ["fields.yaml"]
    assert report["defects"]["same_name_two_codes"]["examples"] == ["9.000000", "9.000001"]
    code, report, _ = load(tmp_path, capsys)
    assert (code, report["new"], report["changed"], report["unchanged"]) == (0, 0, 0, 3)
    assert Edition.objects.count() == 3


def test_the_report_for_a_person_names_what_was_refused_and_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([raw("9.000001"), raw("9.000002", levels=["village"])]))
    assert load_procedures.run(Namespace(path=file, json=False)) == 1
    assert "từ chối 9.000002: levels: 'village' unknown" in capsys.readouterr().out
    file.write_text(json.dumps([raw("9.000001", online="partial")]))
    assert load_procedures.run(Namespace(path=file, json=False)) == 0
    assert "thay đổi 9.000001: online" in capsys.readouterr().out


def test_a_broken_file_among_others_is_told_and_nothing_of_it_comes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(crawled("9.000001")) + '\n{"ma_thu')
    (tmp_path / "b.jsonl").write_text(json.dumps(crawled("9.000002")))
    code, report, said = load(tmp_path, capsys)
    assert (code, report["codes"]) == (2, ["9.000002"])
    assert [Path(one["file"]).name for one in report["broken"]] == ["a.jsonl"]
    assert "a.jsonl" in said
    assert list(Procedure.objects.values_list("code", flat=True)) == ["9.000002"]


def test_the_shipped_procedures_all_come_in(capsys: pytest.CaptureFixture[str]) -> None:
    folder = settings.DATA / "procedures"
    code, report, _ = load(folder, capsys)
    assert (code, report["refused"], report["broken"], report["skipped"]) == (0, [], [], [])
    assert report["codes"] == sorted(file.stem for file in folder.glob("*.yaml"))
    assert Procedure.objects.filter(fileable=True).count() == report["new"]


@pytest.mark.real_data
def test_every_procedure_of_the_portal_comes_in_and_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data("procedures")
    code, report, _ = load(folder, capsys)
    assert (code, report["read"], report["new"], report["refused"]) == (0, 2487, 2487, [])
    parts = {"portal-crawl": 2378, "portal-documents": 104, "portal-api": 1, "portal-index": 4}
    assert {source: Edition.objects.filter(source=source).count() for source in parts} == parts
    assert len(set(report["codes"])) == 2487
    code, report, _ = load(folder, capsys)
    assert (code, report["new"], report["changed"], report["unchanged"], report["kept"]) == (0, 0, 0, 2487, 0)
    assert Edition.objects.count() == 2487


@pytest.mark.real_data
def test_the_traps_of_the_real_data_are_met(capsys: pytest.CaptureFixture[str]) -> None:
    _, report, _ = load(real_data("procedures"), capsys)
    counted = {kind: (defect["count"], defect["procedures"]) for kind, defect in report["defects"].items()}
    assert {kind: counted[kind] for kind in TRAPS} == TRAPS
    birth = parse(edition_for("1.001193", TODAY).definition)
    assert {row.limit for rows in birth.channels.values() for row in rows} == {Limit(text="1")}
    for (definition,) in Edition.objects.values_list("definition"):
        for rows in parse(definition).channels.values():
            for fee in (fee for row in rows for fee in row.fees):
                assert fee.amount_vnd is None or fee.amount_vnd == 0 or fee.amount_vnd >= 1000
                assert "USD" not in fee.text.partition("(")[0] or fee.amount_vnd is None


TRAPS = {
    "limit_without_unit": (843, 349),
    "cells_run_together": (104, 55),
    "fee_lost_thousands": (87, 44),
    "fee_foreign_currency": (47, 22),
    "fee_by_council": (195, 68),
    "page_footer_cut": (1997, 1997),
    "not_nfc": (736, 496),
    "zero_width": (31, 31),
    "same_name_two_codes": (21, 21),
    "legal_code_dirty": (168, 156),
}
