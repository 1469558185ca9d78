"""One question as an administrator types it; what is offered depends on its kind."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.text import clean, words
from motcua.designs.questions import CALCULATED, Option, Question
from motcua.forms import label
from motcua.sites.designer.forms import Asked, Line, line, lines
from motcua.sites.frame.words import language

KIND_NAMES = {
    "text": _("Chữ, một dòng"), "long_text": _("Chữ, nhiều dòng"), "choice": _("Chọn một"), "yes_no": _("Có hoặc Không"),
    "agree": _("Đánh dấu cam kết"), "date": _("Ngày"), "partial_date": _("Ngày, hoặc chỉ tháng hay năm"),
    "whole": _("Số nguyên"), "number": _("Số có phần thập phân"), "money": _("Số tiền"), "email": _("Thư điện tử"),
    "phone": _("Số điện thoại"), "identity": _("Số định danh cá nhân"), "group": _("Nhóm lặp lại nhiều dòng"),
}  # fmt: skip
PREFILLS = {
    "citizen.full_name": _("Người dân: họ và tên"), "citizen.identity_number": _("Người dân: số định danh"),
    "citizen.birth_date": _("Người dân: ngày sinh"), "citizen.gender": _("Người dân: giới tính"),
    "citizen.phone": _("Người dân: điện thoại"), "citizen.email": _("Người dân: thư điện tử"),
    "citizen.address": _("Người dân: nơi cư trú"), "citizen.nationality": _("Người dân: quốc tịch"),
    "citizen.ethnicity": _("Người dân: dân tộc"), "organisation.name": _("Tổ chức: tên"),
    "organisation.tax_code": _("Tổ chức: mã số thuế"), "organisation.address": _("Tổ chức: địa chỉ"),
}  # fmt: skip
OPERATORS = {
    "eq": _("bằng"), "ne": _("khác"), "lt": _("nhỏ hơn"), "le": _("không quá"), "gt": _("lớn hơn"),
    "ge": _("từ … trở lên"), "in": _("là một trong"), "filled": _("đã trả lời"),
}  # fmt: skip
BOUNDS = {
    "text": (_("Ít nhất (ký tự)"), _("Tối đa (ký tự)")), "long_text": (_("Ít nhất (ký tự)"), _("Tối đa (ký tự)")),
    "email": (None, _("Tối đa (ký tự)")), "whole": (_("Nhỏ nhất"), _("Lớn nhất")),
    "number": (_("Nhỏ nhất"), _("Lớn nhất")), "money": (_("Nhỏ nhất"), _("Lớn nhất")),
    "group": (_("Ít nhất (dòng)"), _("Tối đa (dòng)")),
}  # fmt: skip
FILLABLE = {"text", "long_text", "choice", "date", "partial_date", "email", "phone", "identity"}
CONDITIONS = 3
MOST_LISTED = 30  # options of a question that stand one by one among the conditions
BOX = "?"  # in a condition: the value stands in the box beside it


class Decimal(forms.FloatField):
    """A number as people here write it: ``12``, ``75,5``."""

    def to_python(self, value: Any) -> Any:
        """The number; nothing for an empty box."""
        return super().to_python(str(value).replace(",", ".")) if value not in (None, "") else None


class QuestionForm(Asked):
    """A question of one ``kind``. ``before`` are the fields that a condition may be about, by name, in order."""

    places = {
        "design_field": "name", "design_title": "title", "design_option": "options", "design_bounds": "least",
        "design_condition": "when_0", "design_formula": "formula",
    }  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, before: Mapping[str, Any], column: bool = False, new: bool = False, **kwargs: Any
    ) -> None:
        self.kind, self.before = kind, before
        kwargs["initial"] = kwargs.get("initial") or {}
        self.base_fields = self._fields(kind, column, new, kwargs["initial"])
        super().__init__(*args, **kwargs)

    def _fields(self, kind: str, column: bool, new: bool, given: Mapping[str, Any]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            "title": line(_("Câu hỏi")),
            "title_en": line(_("Câu hỏi bằng tiếng Anh"), required=False),
        }
        if new:
            found["name"] = line(_("Tên kỹ thuật"), required=False, longest=60, help_text=_(
                "Chữ thường không dấu, số và gạch dưới. Bỏ trống thì lấy từ câu hỏi; đặt rồi không đổi."))  # fmt: skip
        if kind == "choice":
            found["options"] = lines(_("Các lựa chọn"), longest=100_000, help_text=_(
                "Mỗi dòng một lựa chọn: mã | tiếng Việt | tiếng Anh. Chỉ ghi tiếng Việt cũng được."))  # fmt: skip
        found["hint"] = line(_("Gợi ý dưới câu hỏi"), required=False)
        found["hint_en"] = line(_("Gợi ý bằng tiếng Anh"), required=False)
        if kind not in {"agree"}:
            found["required"] = forms.BooleanField(label=_("Bắt buộc trả lời"), required=False)
        return found | self._checks(kind) | ({} if column else self._sources(kind, given))

    def _checks(self, kind: str) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        number = forms.TextInput({"inputmode": "decimal", "class": "number"})
        for name, words_ in zip(("least", "most"), BOUNDS.get(kind, ()), strict=False):
            if words_:
                found[name] = Decimal(label=words_, required=False, widget=number,
                                      error_messages={"invalid": _("Hãy viết một số, ví dụ 12.")})  # fmt: skip
        if kind == "text":
            found["pattern"] = line(_("Mẫu phải khớp (biểu thức chính quy)"), required=False, help_text=_(
                "Ví dụ ^[0-9]{5}$ là năm chữ số. Có mẫu thì phải có lời báo sai."))  # fmt: skip
        if kind in {"text", "phone", "identity"}:
            found["error"] = line(_("Lời báo khi sai mẫu"), required=False)
            found["error_en"] = line(_("Lời báo bằng tiếng Anh"), required=False)
        return found

    def _sources(self, kind: str, given: Mapping[str, Any]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if kind in FILLABLE:
            found["prefill"] = forms.ChoiceField(
                label=_("Điền sẵn từ"), required=False, choices=[("", "—"), *PREFILLS.items()]
            )
        if kind in CALCULATED:
            found["formula"] = line(
                _("Công thức tính (bỏ trống nếu người dân trả lời)"), required=False, longest=1000,
                help_text=_("Viết theo CEL từ tên kỹ thuật của các câu đứng trước, ví dụ so_ban * don_gia."),
            )  # fmt: skip
        choices = [("", "—"), *offered(self.before)]
        known = {value for value, _words in choices}
        self.conditions = max(CONDITIONS, sum(name.startswith("when_") and "value" not in name for name in given))
        for number in range(self.conditions):
            now = given.get(f"when_{number}", "")
            more = [(now, condition_words(json.loads(now), self.before))] if now and now not in known else []
            found[f"when_{number}"] = forms.ChoiceField(
                label=_("Chỉ hỏi khi") if number == 0 else _("và khi"), required=False, choices=choices + more
            )
            found[f"when_{number}_value"] = Line(
                label=_("Giá trị (cho điều kiện có dấu …)"), required=False, max_length=500
            )
        return found if self.before else {name: each for name, each in found.items() if not name.startswith("when")}

    def question(self) -> Question:
        """What was typed, as a question."""
        typed = self.cleaned_data.items()
        given: dict[str, Any] = {name: clean(value) if isinstance(value, str) else value for name, value in typed}
        options = read_options(self.cleaned_data.get("options", ""))
        own: dict[str, Any] = {name: given[name] for name in
               ("title", "title_en", "hint", "hint_en", "least", "most", "error", "error_en", "prefill", "formula")
               if name in given}  # fmt: skip
        pattern = (self.cleaned_data.get("pattern") or "").strip()
        required = given.get("required", True)
        return Question(self.kind, **own, required=required, options=options, pattern=pattern, when=self._when())

    def _when(self) -> tuple[dict[str, Any], ...]:
        found = []
        for number in range(getattr(self, "conditions", 0)):
            if chosen := self.cleaned_data.get(f"when_{number}"):
                condition = json.loads(chosen)
                if condition.get("value") == BOX:
                    box = clean(self.cleaned_data.get(f"when_{number}_value") or "")
                    condition["value"] = typed_value(self.before[condition["field"]], box)
                found.append(condition)
        return tuple(found)


def initial_of(question: Question, before: Mapping[str, Any]) -> dict[str, Any]:
    """A question as the boxes show it."""
    found: dict[str, Any] = msgspec.structs.asdict(question)
    found["options"] = "\n".join(" | ".join((one.value, one.title, one.title_en)) for one in question.options)
    listed = {value for value, _words in offered(before)}
    for number, condition in enumerate(question.when):
        key, boxed = _key(condition), _key(condition | {"value": BOX})
        if key not in listed and boxed in listed:
            key, found[f"when_{number}_value"] = boxed, str(condition.get("value"))
        found[f"when_{number}"] = key
    return {name: _written(value) for name, value in found.items()}


def _written(value: Any) -> Any:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else value


def read_options(text: str) -> tuple[Option, ...]:
    """The options of a box, one a line; a missing value is made from its words."""
    found = []
    for row in text.splitlines():
        parts = [clean(part) for part in row.split("|")]
        if any(parts):
            value, title, title_en = (
                ["-".join(words(parts[0])), *parts, ""] if len(parts) == 1 else [*parts, "", ""][:3]
            )
            found.append(Option(value or "-".join(words(title)), title, title_en))
    return tuple(found)


def offered(before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The conditions to choose from: for every earlier question those that its kind allows."""
    found = []
    for name, field in before.items():
        for op, values in _ways(field):
            found += [_offer(name, op, value, before) for value in values]
    return found


def _ways(field: Mapping[str, Any]) -> list[tuple[str, Sequence[Any]]]:
    if field["type"] == "boolean":
        return [("eq", (True, False))]
    options = [option["const"] for option in field.get("oneOf", ())]
    if options and len(options) <= MOST_LISTED:
        return [("eq", options), ("ne", options), ("filled", (None,))]
    if field["type"] in {"integer", "number"}:
        return [(op, (BOX,)) for op in ("eq", "ge", "gt", "le", "lt")] + [("filled", (None,))]
    return [("filled", (None,))] if field["type"] == "array" else [("eq", (BOX,)), ("filled", (None,))]


def _offer(name: str, op: str, value: Any, before: Mapping[str, Any]) -> tuple[str, str]:
    condition = {"field": name, "op": op} | ({} if op == "filled" else {"value": value})
    return _key(condition), condition_words(condition, before)


def _key(condition: Mapping[str, Any]) -> str:
    return json.dumps(dict(condition), ensure_ascii=False, sort_keys=True)


def condition_words(condition: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """A condition as a person reads it: ``Giới tính: bằng Nam``."""
    field = before.get(condition["field"], {})
    title = label(field, language()) or condition["field"]
    operator = OPERATORS.get(condition["op"], condition["op"])
    value = condition.get("value")
    if condition["op"] == "filled":
        return f"{title}: {operator}"
    values = value if isinstance(value, list) else [value]
    return f"{title}: {operator} {', '.join(_value_words(field, one) for one in values)}"


def _value_words(field: Mapping[str, Any], value: Any) -> str:
    if value == BOX:
        return "…"
    if isinstance(value, bool):
        return now_("Có") if value else now_("Không")
    options = {option["const"]: label(option, language()) for option in field.get("oneOf", ())}
    return options.get(value, str(value))


def typed_value(field: Mapping[str, Any], text: str) -> Any:
    """The value of a box as the field's type has it; as it was typed where it can't be read (a problem tells)."""
    if field["type"] in {"integer", "number"}:
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text
        return int(number) if number.is_integer() else number
    return text
