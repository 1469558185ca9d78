"""What a new edition changes in its form, in words. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.designs.wording import NONE, Words, arrow, sides

Form = Mapping[str, Any]
# Keys of a field with their words; what is not here is told as "other".
KEYS = {
    "title": ("câu hỏi", "question"),
    "x-en": ("tiếng Anh", "English"),
    "type": ("kiểu", "type"),
    "format": ("dạng", "format"),
    "minLength": ("ít nhất (ký tự)", "least letters"),
    "maxLength": ("tối đa (ký tự)", "most letters"),
    "minimum": ("nhỏ nhất", "smallest"),
    "maximum": ("lớn nhất", "largest"),
    "minItems": ("ít nhất (dòng)", "least rows"),
    "maxItems": ("tối đa (dòng)", "most rows"),
    "pattern": ("mẫu phải khớp", "pattern"),
    "x-hint": ("gợi ý", "hint"),
    "x-hint-en": ("gợi ý tiếng Anh", "English hint"),
    "x-error": ("lời báo sai", "error"),
    "x-error-en": ("lời báo tiếng Anh", "English error"),
    "x-prefill": ("điền sẵn từ", "prefilled from"),
    "x-value": ("công thức", "formula"),
    "x-widget": ("cách hiện", "shown as"),
}


def form_changes(old: Form | None, new: Form | None, say: Words) -> Iterator[str]:
    """The lines about the form."""
    what = say("Tờ khai", "Form")
    if new is None:
        if old is not None:
            yield f"{what}: {say('bỏ tờ khai riêng, dùng đơn chung', 'its own form removed, the general one is used')}"
        return
    if old is None:
        many = f"{len(new['properties'])} {say('câu hỏi', 'questions')}"
        yield f"{what}: {say('thêm tờ khai riêng', 'a form of its own')}, {many}"
        return
    told = [
        *sides(f"{what}, {say('tên', 'title')}", _title(old, say), _title(new, say)),
        *_sections(what, old, new, say),
        *_questions(what, old, new, say),
        *_rules(what, old.get("x-rules", []), new.get("x-rules", []), say),
    ]
    if not told and old != new:  # a word in the other language, a key that nobody reads: never passed over in silence
        names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        told = [f"{what}: {say('thay đổi khác', 'other changes')} ({', '.join(names)})"]
    yield from told


def _title(node: Form, say: Words) -> str:
    return str((say.english and node.get("x-en")) or node.get("title", ""))


def _sections(what: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    was, now = ({part["code"]: part for part in form["x-sections"]} for form in (old, new))
    part_ = say("phần", "page")
    yield from (
        f"{what}: {say('thêm', 'added')} {part_} {_title(part, say)}" for code, part in now.items() if code not in was
    )
    yield from (
        f"{what}: {say('bỏ', 'removed')} {part_} {_title(part, say)}" for code, part in was.items() if code not in now
    )
    for code, part in now.items():
        if code in was:
            yield from sides(f"{what}: {part_}", _title(was[code], say), _title(part, say))
            hints = [each.get("x-hint-en" if say.english else "x-hint", "") for each in (was[code], part)]
            yield from sides(f"{what}: {part_} {_title(part, say)}, {say('lời dẫn', 'lead')}", *hints)
    both = [[code for code in codes if code in was and code in now] for codes in (was, now)]
    if both[0] != both[1]:
        yield f"{what}: {say('đổi thứ tự các phần', 'pages in another order')}"


def _questions(what: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    was, now = old["properties"], new["properties"]
    homes = [{name: part["code"] for part in form["x-sections"] for name in part["fields"]} for form in (old, new)]
    titles = {part["code"]: _title(part, say) for part in [*old["x-sections"], *new["x-sections"]]}
    asks = say("câu hỏi", "question")
    for name, field in now.items():
        if name not in was:
            page = titles.get(homes[1].get(name, ""), "")
            yield f"{what}: {say('thêm', 'added')} {asks} “{_title(field, say)}”" + (f" ({page})" if page else "")
    yield from (
        f"{what}: {say('bỏ', 'removed')} {asks} “{_title(field, say)}”"
        for name, field in was.items()
        if name not in now
    )
    for name in [name for name in now if name in was]:
        place = f"{what}: “{_title(was[name], say)}”"
        yield from _question(place, was[name], now[name], say)
        required = [name in form.get("required", []) for form in (old, new)]
        if required[0] != required[1]:
            yield arrow(f"{place}, {say('bắt buộc', 'required')}", say.yes(required[0]), say.yes(required[1]))
        if homes[0].get(name) != homes[1].get(name):
            yield arrow(f"{place}, {say('phần', 'page')}", *(titles.get(home.get(name, ""), NONE) for home in homes))
    if _order(old, was, now) != _order(new, was, now):
        yield f"{what}: {say('đổi thứ tự câu hỏi', 'questions in another order')}"


def _order(form: Form, was: Form, now: Form) -> list[str]:
    """The questions that both have, in the order they are asked."""
    return [name for part in form["x-sections"] for name in part["fields"] if name in was and name in now]


def _question(place: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    if old == new:
        return
    told = False
    for key, words in KEYS.items():
        if old.get(key) != new.get(key):
            told = True
            yield arrow(f"{place}, {say(*words)}", str(old.get(key, NONE)), str(new.get(key, NONE)))
    for lines in (_options(place, old, new, say), _conditions(place, old, new, say), _columns(place, old, new, say)):
        for line in lines:
            told = True
            yield line
    if not told:
        yield f"{place}: {say('có thay đổi', 'changed')}"


def _options(place: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    was, now = ({one["const"]: one for one in field.get("oneOf", ())} for field in (old, new))
    choice = say("lựa chọn", "option")
    yield from (
        f"{place}, {say('thêm', 'added')} {choice} {_title(one, say)}" for code, one in now.items() if code not in was
    )
    yield from (
        f"{place}, {say('bỏ', 'removed')} {choice} {_title(one, say)}" for code, one in was.items() if code not in now
    )
    for code in now:
        if code in was:
            yield from sides(f"{place}, {choice}", _title(was[code], say), _title(now[code], say))


def _conditions(place: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    was, now = ("; ".join(_condition(one) for one in field.get("x-when", ())) for field in (old, new))
    yield from sides(f"{place}, {say('chỉ hỏi khi', 'asked only when')}", was, now)


def _condition(one: Mapping[str, Any]) -> str:
    return " ".join(str(one[key]) for key in ("field", "op", "value") if key in one)


def _columns(place: str, old: Form, new: Form, say: Words) -> Iterator[str]:
    was, now = ((field.get("items") or {}) for field in (old, new))
    before, after = was.get("properties", {}), now.get("properties", {})
    column = say("cột", "column")
    yield from (
        f"{place}, {say('thêm', 'added')} {column} “{_title(field, say)}”"
        for name, field in after.items()
        if name not in before
    )
    yield from (
        f"{place}, {say('bỏ', 'removed')} {column} “{_title(field, say)}”"
        for name, field in before.items()
        if name not in after
    )
    for name, field in after.items():
        if name in before:
            inner = f"{place}, {column} “{_title(before[name], say)}”"
            yield from _question(inner, before[name], field, say)
            required = [name in items.get("required", []) for items in (was, now)]
            if required[0] != required[1]:
                yield arrow(f"{inner}, {say('bắt buộc', 'required')}", say.yes(required[0]), say.yes(required[1]))


def _rules(what: str, old: list[Form], new: list[Form], say: Words) -> Iterator[str]:
    rule = say("quy tắc", "rule")
    yield from (f"{what}: {say('thêm', 'added')} {rule} {one['that']}" for one in new if one not in old)
    yield from (f"{what}: {say('bỏ', 'removed')} {rule} {one['that']}" for one in old if one not in new)
