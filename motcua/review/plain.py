"""The report as plain values, for programs, for files and for the page; each figure with what stands behind it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from motcua.base.text import fold
from motcua.review.matching import QUALITIES
from motcua.review.report import Asker, Report, Saving
from motcua.review.words import BY_PROCEDURES, BY_VOLUME, FIGURES, REGISTER_NAMES

MOST = 20
COLUMNS = (
    "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Dòng số", "Thành phần hồ sơ", "Số bản", "Cả dòng không cần hỏi",
    "Là kết quả", "Cách khớp", "Thủ tục cấp", "Có trong cơ sở dữ liệu", "Dòng tự ghi miễn nộp",
    "Đã ghi nhận",
)  # fmt: skip


def plain(report: Report, volumes: Mapping[str, int], *, by_volume: bool = False) -> dict[str, Any]:
    """The whole report; procedures without a needless line are left out, ``names`` has all that are mentioned.

    ``volumes``: dossiers a year by procedure, where known. ``by_volume``: whether the report was ordered by them.
    """
    papers = [_saving(saving, volumes) for saving in report.savings]
    asking = [_asker(asker) for asker in report.askers if asker.lines]
    mentioned = {code for edge in report.edges for code in edge} | {asker["procedure"] for asker in asking}
    return {
        "basis": BY_VOLUME if by_volume else BY_PROCEDURES,
        "figures": {
            code: {"count": report.counts[code], **figure._asdict()}
            for code, figure in FIGURES.items()
        },
        "top": papers[:MOST],
        "registers": [
            _saving(saving, volumes) | {"register": saving.name, "name": REGISTER_NAMES[saving.name].name,
                                        "law": REGISTER_NAMES[saving.name].law, "note": REGISTER_NAMES[saving.name].note}
            for saving in report.register_savings
        ],
        "papers": papers,
        "procedures": asking,
        "edges": sorted(report.edges),
        "names": {asker.code: asker.name for asker in report.askers if asker.code in mentioned},
        "volumes": {code: volumes[code] for code in sorted(mentioned) if code in volumes},
    }  # fmt: skip


def one(report: Report, code: str) -> dict[str, Any] | None:
    """One procedure with its needless lines and the ``names`` of who gives them; None where it was not read."""
    names = {asker.code: asker.name for asker in report.askers}
    for asker in report.askers:
        if asker.code == code:
            return _asker(asker) | {"names": {giver: names[giver] for line in asker.lines for giver in line.givers}}
    return None


def key(name: str) -> str:
    """A short name for a paper that stays the same from report to report, for addresses."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:10]


def rows(found: Mapping[str, Any]) -> Iterator[list[str | int | None]]:
    """Every needless line as a row under `COLUMNS`, for sheets; one row for each document of a line."""
    for asker in found["procedures"]:
        for line in asker["lines"]:
            registers = "; ".join(REGISTER_NAMES[code].name for code in line["registers"])
            whole = "có" if line["by_result"] or line["by_register"] else "một phần"
            for match in line["matches"] or [{"result": "", "quality": "", "givers": []}]:
                yield [
                    asker["procedure"], asker["name"], asker["field"], line["place"], line["name"], line["sheets"],
                    whole, match["result"], QUALITIES.get(match["quality"], ""), " ".join(match["givers"]), registers,
                    "có" if line["waived"] else "", "có" if line["recorded"] else "",
                ]  # fmt: skip


def _saving(saving: Saving, volumes: Mapping[str, int]) -> dict[str, Any]:
    counted = [volumes[code] for code in saving.askers if code in volumes]
    return {
        "key": key(saving.name), "name": saving.name, "sheets": saving.sheets, "sheets_unstated": saving.unstated,
        "sheets_a_year": saving.by_volume, "dossiers_a_year": sum(counted) if counted else None,
        "procedures_with_volume": len(counted),
        "matched": saving.qualities, "asked_by": list(saving.askers), "given_by": list(saving.givers),
    }  # fmt: skip


def _asker(asker: Asker) -> dict[str, Any]:
    lines = [asdict(line) | {"quality": line.quality} for line in asker.lines]
    return {"procedure": asker.code, "name": asker.name, "field": asker.field, "papers": asker.papers, "lines": lines}
