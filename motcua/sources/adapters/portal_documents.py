"""Procedures out of the word-processor documents that the national portal offers: tables intact, keys in Vietnamese."""

import re
from datetime import date
from typing import Any

from motcua.catalogue.definition import CHANNELS, Channel, Definition, Paper, Period, Result, Text
from motcua.catalogue.ports import Record
from motcua.sources.adapters.cells import Notes, fee_of, limit_of
from motcua.sources.adapters.lists import law_of, levels_of, subjects_of
from motcua.sources.adapters.paper_table import with_codes

SOURCE = "portal-documents"
CHANNEL_CODES = {label: code for code, label in CHANNELS.items()}
COUNTS = re.compile(r"Bản chính:\s*(\d+)\s*Bản sao:\s*(\d+)")


def recognises(raw: Any) -> bool:
    """True for an object with the three blocks of such a document."""
    return isinstance(raw, dict) and {"metadata", "content", "tables"} <= raw.keys()


def record(raw: dict[str, Any], known_on: date) -> Record:
    """One procedure, its tables read cell by cell."""
    notes, tables = Notes(), raw["tables"]
    head = {key: notes.tidy(value, key) for key, value in raw["metadata"].items()}
    body = {key: notes.tidy(value, key) for key, value in raw["content"].items()}
    extra = {"receiving_address": body.get("địa_chỉ_tiếp_nhận_hs"), "delegated": body.get("cơ_quan_được_ủy_quyền")}
    result = body.get("kết_quả_thực_hiện", "")
    definition = Definition(
        procedure=head["mã_thủ_tục"],
        name=Text(head["tên_thủ_tục"]),
        in_force=Period(known_on),
        decision=head.get("số_quyết_định", ""),
        levels=levels_of(head.get("cấp_thực_hiện", ""), notes),
        levels_text=head.get("cấp_thực_hiện", ""),
        kind=head.get("loại_thủ_tục", ""),
        field=head.get("lĩnh_vực", ""),
        ministry="Bộ Quốc phòng" if "BQP" in head.get("số_quyết_định", "") else "",
        channels=_channels(tables.get("hinh_thuc_nop", []), notes),
        papers=_papers(tables.get("thanh_phan_ho_so", []), notes),
        law=_laws(tables.get("can_cu_phap_ly", []), notes),
        results=(Result(result),) if result else (),
        keywords=tuple(filter(None, re.split(r"[;,\n]", body.get("từ_khóa", "")))),
        extra={key: value for key, value in extra.items() if value},
        **_words(body, notes),
    )
    return Record(definition.procedure, definition, tuple(notes.found))


def _words(body: dict[str, str], notes: Notes) -> dict[str, Any]:
    return {
        "agency": body.get("cơ_quan_thực_hiện", ""),
        "authority": body.get("cơ_quan_có_thẩm_quyền", ""),
        "coordinating": body.get("cơ_quan_phối_hợp", ""),
        "subjects": subjects_of(body.get("đối_tượng_thực_hiện", ""), notes),
        "subjects_text": body.get("đối_tượng_thực_hiện", ""),
        "sequence": body.get("trình_tự_thực_hiện", ""),
        "conditions": body.get("yêu_cầu_điều_kiện_thực_hiện", ""),
        "source": SOURCE,
    }


def _channels(rows: list[dict[str, Any]], notes: Notes) -> dict[str, tuple[Channel, ...]]:
    found: dict[str, list[Channel]] = {}
    for row in rows:
        label = notes.tidy(row.get("hinh_thuc"), "channels")
        if label not in CHANNEL_CODES:
            notes.add("channel_unknown", "channels", label)
            continue
        where = f"channels.{CHANNEL_CODES[label]}"
        limit = limit_of(notes.tidy(row.get("thoi_han_giai_quyet"), where), where, notes)
        fee = fee_of(notes.tidy(row.get("phi_le_phi"), where), where, notes)
        channel = Channel(limit, (fee,), notes.tidy(row.get("mo_ta"), where))
        found.setdefault(CHANNEL_CODES[label], []).append(channel)
    return {code: tuple(channels) for code, channels in found.items()}


def _papers(rows: list[dict[str, Any]], notes: Notes) -> tuple[Paper, ...]:
    """The file's columns are shifted: "so_luong" holds the name of the form, "ghi_chu" the counts."""
    papers = []
    for row in rows:
        name = notes.tidy(row.get("ten_giay_to"), "papers")
        told = notes.tidy(row.get("ghi_chu"), "papers")
        counts = COUNTS.fullmatch(told)
        if not counts:
            notes.add("paper_count_unreadable", "papers", told)
        originals, copies = (int(counts[1]), int(counts[2])) if counts else (None, None)
        form = notes.tidy(row.get("so_luong"), "papers")
        papers.append(Paper("", name, originals, copies, "nếu có" not in name.lower(), note=form))
    return with_codes(papers)


def _laws(rows: list[dict[str, Any]], notes: Notes) -> tuple[str, ...]:
    codes = [
        law_of(notes.tidy(row.get("so_ky_hieu"), "law"), notes.tidy(row.get("trich_yeu"), "law"), notes)
        for row in rows
    ]
    return tuple(dict.fromkeys(filter(None, codes)))
