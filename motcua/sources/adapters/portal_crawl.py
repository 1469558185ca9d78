"""Procedures as crawled from the pages of the national portal: one JSON object each, tables run together into text."""

import re
from datetime import date
from typing import Any

from motcua.catalogue.definition import Definition, Period, Text
from motcua.catalogue.ports import Record
from motcua.sources.adapters.cells import Notes
from motcua.sources.adapters.channel_table import channels_of
from motcua.sources.adapters.lists import laws_in, levels_of, results_of, subjects_of
from motcua.sources.adapters.paper_table import papers_of

SOURCE = "portal-crawl"
MINISTRIES = {
    "bo-cong-an": "Bộ Công an",
    "bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
    "bo-tai-chinh": "Bộ Tài chính",
    "bo-tu-phap": "Bộ Tư pháp",
    "bo-xay-dung": "Bộ Xây dựng",
}
KEPT_AS_THEY_ARE = {
    "detail_url": "address",
    "formality_id": "portal_id",
    "dia_chi_tiep_nhan": "receiving_address",
    "co_quan_duoc_uy_quyen": "delegated",
    "thu_tuc_lien_quan": "related",
}


def recognises(raw: Any) -> bool:
    """True for an object with the crawl's keys."""
    return isinstance(raw, dict) and "ma_thu_tuc" in raw and "ten_thu_tuc" in raw


def record(raw: dict[str, Any], known_on: date) -> Record:
    """One procedure; what the shape has no place for, and every table that could not be read, stands in ``extra``."""
    notes = Notes()
    text = {key: notes.tidy(value, key) for key, value in raw.items() if key != "raw_text"}
    papers = papers_of(text.get("thanh_phan_ho_so", ""), notes)
    results, keywords, about = results_of(text.get("ket_qua_xu_ly", ""), notes)
    channels = channels_of(text.get("cach_thuc_thuc_hien", ""), notes)
    extra = {name: text[key] for key, name in KEPT_AS_THEY_ARE.items() if text.get(key)}
    unread = {
        "papers_text": papers.rest,
        "channels_text": "" if channels else text.get("cach_thuc_thuc_hien", ""),
        "law_text": text.get("can_cu_phap_ly", ""),
        "result_note": about,
    }
    for missing in (key for key in ("ten_thu_tuc", "linh_vuc", "co_quan_thuc_hien") if not text.get(key)):
        notes.add("field_missing", missing, "")
    definition = Definition(
        procedure=text["ma_thu_tuc"],
        name=Text(text["ten_thu_tuc"]),
        in_force=Period(known_on),
        channels=channels,
        papers=papers.papers,
        cases=papers.cases,
        results=results,
        keywords=tuple(filter(None, re.split(r"[;,\n]", keywords))),
        law=laws_in(text.get("can_cu_phap_ly", ""), notes),
        extra=extra | {key: value for key, value in unread.items() if value},
        **_words(text, notes),
    )
    return Record(definition.procedure, definition, tuple(notes.found))


def _words(text: dict[str, str], notes: Notes) -> dict[str, Any]:
    """The fields that are plain words in the source too."""
    folder = text.get("agency_folder", "")
    return {
        "field": text.get("linh_vuc", ""),
        "decision": text.get("so_quyet_dinh", ""),
        "levels": levels_of(text.get("cap_thuc_hien", ""), notes),
        "levels_text": text.get("cap_thuc_hien", ""),
        "kind": text.get("loai_thu_tuc", ""),
        "agency": text.get("co_quan_thuc_hien", ""),
        "authority": text.get("co_quan_co_tham_quyen", ""),
        "coordinating": text.get("co_quan_phoi_hop", ""),
        "ministry": MINISTRIES.get(folder, folder),
        "subjects": subjects_of(text.get("doi_tuong_thuc_hien", ""), notes),
        "subjects_text": text.get("doi_tuong_thuc_hien", ""),
        "sequence": text.get("trinh_tu_thuc_hien", ""),
        "conditions": text.get("yeu_cau_dieu_kien", ""),
        "source": SOURCE,
    }
