"""The kinds of field of a one-stop form, and the checks its pages made, as schemas of ours."""

from typing import Any

from motcua.catalogue.ports import Defect

SHORT, LONG, MOST_VND = 500, 4000, 10**15
FIGURES = {
    "type": "string",
    "maxLength": 50,
    "pattern": "^[0-9][0-9., ]*$",
    "x-error": "Chỉ gõ chữ số, có thể có dấu chấm hoặc dấu phẩy.",
    "x-error-en": "Type figures only, with dots or commas where needed.",
}
TELEPHONE = {
    "type": "string",
    "maxLength": 50,
    "pattern": "^[0-9+(][0-9+(). -]{5,}$",
    "x-error": "Viết số bằng chữ số, ví dụ 0912 345 678.",
    "x-error-en": "Write the number in figures, such as 0912 345 678.",
}
TEXT = {"type": "string", "maxLength": SHORT}
AREA = {"type": "string", "maxLength": LONG, "x-widget": "textarea"}
DATE = {"type": "string", "format": "date"}
PART_OF_DATE = {"type": "string", "format": "partial-date"}
AMOUNT = {"type": "integer", "minimum": 0, "maximum": MOST_VND}
KINDS: dict[str, dict[str, Any]] = {
    "Textbox": TEXT,
    "TextboxName": TEXT,
    "TextboxArea": AREA,
    "TextboxDate": PART_OF_DATE,
    "TextboxMoney": AMOUNT,
    "DropDownList": TEXT,
    "Checkbox": {"type": "boolean"},
}
CHECKS: dict[str, dict[str, Any] | None] = {
    "": None,
    "text": None,
    "ddli": None,
    "number": FIGURES,
    "numberstring": FIGURES,
    "phone": TELEPHONE,
    "fax": TELEPHONE,
    "email": {"type": "string", "format": "email", "maxLength": 200},
    "date": DATE,
    "money": AMOUNT,
}
CHECKED = {"Textbox", "TextboxName", "DropDownList"}  # kinds whose schema is that of their check


def schema_of(item: dict[str, str], defects: list[Defect]) -> dict[str, Any]:
    """The schema of one field, without its words. A kind or a check that is not known is answered in words."""
    kind, check = item.get("type", ""), item.get("validate", "").strip().lower()
    if kind not in KINDS:
        defects.append(Defect("kind_unknown", item.get("id", ""), kind))
    if check not in CHECKS:
        defects.append(Defect("check_unknown", item.get("id", ""), check))
    known = CHECKS.get(check)
    if kind == "TextboxDate":
        if known is not DATE:  # the page took a year alone, too
            defects.append(Defect("date_without_check", item.get("id", ""), check))
        return dict(known if known is DATE else PART_OF_DATE)
    if known is not None and (kind in CHECKED or kind not in KINDS):
        return dict(known)
    return dict(KINDS.get(kind, TEXT))
