"""A form of a one-stop desk becomes a form of ours, and its list of attached documents the papers of the dossier.

The source says neither English nor how long an answer may be: the form is a draft that lacks the English words, and the
bounds are the platform's. Its lists of options stand in files that the source did not come with: such a question is
answered in words until somebody fills them in.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from motcua.base.text import clean, fold, slug, words
from motcua.catalogue.definition import Paper
from motcua.catalogue.ports import Defect
from motcua.sources.adapters.onestop_kinds import schema_of
from motcua.sources.adapters.onestop_xml import items_in

PAPERS = ("tai lieu kem theo", "thanh phan ho so", "giay to kem theo")
PREFIX = re.compile(r"^(?:txt|ddl|ckb|chk|btn|rdo)(?=[A-Z0-9_])")
HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
NO_FIELD = {"Button"}
UNTITLED = {"txtTaiLieuKhac": "Tài liệu khác"}  # the free line below the list of documents has no words of its own
FIRST_SECTION = "Thông tin chung"
Item = dict[str, str]


@dataclass
class Questions:
    """What a form file holds: sections with their fields, papers, and what is kept aside."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    switched_off: list[Item] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)


def read(root: ET.Element, defects: list[Defect]) -> Questions:
    """Every field of the form in its order. What is odd joins ``defects``."""
    found, heading = Questions(), ""
    for node in root.iter():
        if node.tag is ET.Comment:
            for item in items_in(node):
                _switched_off(found, item, defects)
        elif node.tag == "line":
            heading = clean(node.get("label", "")) or heading
        elif node.tag == "item":
            _item(found, heading, dict(node.attrib), defects)
    return found


def form_of(found: Questions, title: str) -> dict[str, Any] | None:
    """The form definition; None when no question is left."""
    if not found.fields:
        return None
    codes: Counter[str] = Counter()
    sections = []
    for heading, names in found.sections.items():
        code = slug(heading)[:60].strip("-") or "phan"
        codes[code] += 1
        number = f"-{codes[code]}" if codes[code] > 1 else ""
        sections.append({"code": code + number, "title": heading, "fields": names})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": found.fields,
        "required": found.required,
        "x-sections": sections,
    }


def _switched_off(found: Questions, item: Item, defects: list[Defect]) -> None:
    if not _counted(found, item, defects):
        return
    found.switched_off.append({key: item[key] for key in ("type", "id", "label", "title", "name") if item.get(key)})
    defects.append(Defect("field_switched_off", item.get("id", ""), item.get("label") or item.get("title", "")))


def _counted(found: Questions, item: Item, defects: list[Defect]) -> bool:
    if item.get("type") in NO_FIELD:
        defects.append(Defect("button_left_out", item.get("id", ""), item.get("value", "")))
        return False
    found.kinds[item.get("type", "")] += 1
    return True


def _item(found: Questions, heading: str, item: Item, defects: list[Defect]) -> None:
    if not _counted(found, item, defects):
        return
    listed = item.get("type") == "Checkbox" and fold(heading).startswith(PAPERS)
    if (item.get("doc") == "yes") != listed and item.get("type") == "Checkbox" and (listed or item.get("doc")):
        defects.append(Defect("document_mark_differs", item.get("id", ""), heading))
    title = _title(item, defects)
    if listed:
        code = _free(slug(title)[:60].strip("-") or "giay-to", found.papers, "-", defects)
        found.papers[code] = Paper(code=code, name=title, required=False)
        defects.append(Defect("paper_need_unknown", code, title))
        return
    name = _free(_name(item), found.fields, "_", defects)
    found.fields[name] = {**schema_of(item, defects), "title": title, "x-source": item.get("id", "")}
    found.sections.setdefault(heading or FIRST_SECTION, []).append(name)
    if item.get("allownull") == "no":
        found.required.append(name)
    _asides(found, name, item, defects)


def _asides(found: Questions, name: str, item: Item, defects: list[Defect]) -> None:
    default = item.get("default_value") or item.get("defaul_value", "")
    if "defaul_value" in item:
        defects.append(Defect("attribute_misspelt", item.get("id", ""), "defaul_value"))
    if item.get("src_file"):
        found.lists[name] = item["src_file"]
        defects.append(Defect("options_missing", item.get("id", ""), item["src_file"]))
    elif default.strip():
        found.defaults[name] = default
        defects.append(Defect("default_kept_aside", item.get("id", ""), default))


def _title(item: Item, defects: list[Defect]) -> str:
    keys = ("title", "label", "name") if item.get("type") == "Checkbox" else ("label", "title", "name")
    raw = next((item[key] for key in keys if clean(item.get(key, ""))), "")
    title = re.sub(r"\s*:\s*(?=\()", " ", clean(raw)).strip(" :")
    if not title:
        defects.append(Defect("label_missing", item.get("id", ""), ""))
        return UNTITLED.get(item.get("id", ""), item.get("id") or "?")
    return title


def _name(item: Item) -> str:
    """``"txtNguoiDaiDien"`` → ``"nguoi_dai_dien"``."""
    parts = words(HUMPS.sub(" ", PREFIX.sub("", clean(item.get("id", "")))))
    name = "_".join(parts)[:60].strip("_")
    return name if name[:1].isalpha() else f"muc_{name}".rstrip("_")


def _free(name: str, taken: dict[str, Any], joint: str, defects: list[Defect]) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}{joint}{number}"
    if number > 1:
        defects.append(Defect("field_twice", name, ""))
    return found
