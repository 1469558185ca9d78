"""A condition in words: the titles of fields instead of their names, for comparisons that can be read aloud."""

import re
from collections.abc import Mapping
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.forms.tokens import CONSTANTS, Token, tokens, value_of

Pair = tuple[str, str]  # Vietnamese, English
SIGNS: dict[str, Pair] = {
    "==": ("là", "is"), "!=": ("khác", "is not"), "<": ("dưới", "is below"), "<=": ("không quá", "is at most"),
    ">": ("trên", "is above"), ">=": ("từ", "is at least"), "in": ("thuộc", "is one of"),
}  # fmt: skip
DAY_SIGNS: dict[str, Pair] = {
    "<": ("trước", "is before"), "<=": ("không sau", "is not after"), ">": ("sau", "is after"),
    ">=": ("từ", "is not before"),
}  # fmt: skip
JOINED: dict[str, Pair] = {"&&": ("và", "and"), "||": ("hoặc", "or")}
YES_NO: dict[bool, Pair] = {True: ("có", "yes"), False: ("không", "no")}
ANSWERED: Pair = ("đã điền", "is filled in")
NOT_ANSWERED: Pair = ("chưa điền", "is not filled in")
TITLES: dict[str, Pair] = {
    "dossier.channel": ("Hình thức nộp", "Channel"),
    "dossier.return_by": ("Cách nhận kết quả", "Way of receiving the result"),
    "dossier.on_behalf": ("Nộp thay người khác", "Filed on behalf of somebody"),
    "dossier.supplements": ("Số lần yêu cầu bổ sung", "Supplements asked"),
    "opinions.open": ("Số ý kiến đang chờ", "Opinions waited for"),
    "opinions.agreed": ("Số ý kiến đồng ý", "Opinions in favour"),
    "opinions.against": ("Số ý kiến không đồng ý", "Opinions against"),
}
OPTIONS: dict[str, dict[str, Pair]] = {
    "dossier.channel": {
        "direct": ("trực tiếp", "in person"), "online": ("trực tuyến", "online"), "postal": ("bưu chính", "by post"),
    },
    "dossier.return_by": {
        "online": ("trực tuyến", "online"), "counter": ("tại bộ phận một cửa", "at the counter"),
        "post": ("bưu chính", "by post"),
    },
}  # fmt: skip
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def in_words(when: str, form: Mapping[str, Any] | None, language: str) -> str:
    """``Số trang trên 10 và Loại là Nhà ở``; the condition itself where it is more than comparisons."""
    try:
        told = [_term(term, form or {}, language) for term in _terms(tokens(when))]
    except (DefinitionError, LookupError):
        return when
    return " ".join(told)


def _terms(words: list[Token]) -> list[list[Token]]:
    """What stands between ``&&`` and ``||``, and these themselves. Mixed, they would need brackets: LookupError."""
    if len({word.text for word in words if word.text in JOINED}) > 1:
        raise LookupError
    found: list[list[Token]] = [[]]
    for word in words:
        if word.kind == "sign" and word.text in JOINED:
            found += [[word], []]
        else:
            found[-1].append(word)
    return found


def _term(words: list[Token], form: Mapping[str, Any], language: str) -> str:
    """One comparison. Raises LookupError for anything else."""
    if len(words) == 1 and words[0].text in JOINED:
        return _said(JOINED[words[0].text], language)
    negated = words[0].text == "!"
    name, rest = _name(words[negated:])
    if name.startswith("answered.") and not rest:
        return f"{_title(name[9:], form, language)} {_said(NOT_ANSWERED if negated else ANSWERED, language)}"
    title = _title(name, form, language)
    if not rest:
        return f"{title}: {_said(YES_NO[not negated], language)}"
    if negated:
        raise LookupError
    minus = "-" if len(rest) == 3 and rest[1].text == "-" else ""
    values = [word for word in rest[2 if minus else 1 :] if word.text not in {"[", "]", ","}]
    if not values or (len(values) > 1 and rest[0].text != "in"):
        raise LookupError
    told = ", ".join(minus + _value(word, name, form, language) for word in values)
    day = values[0].kind == "text" and ISO_DAY.fullmatch(values[0].text[1:-1])
    signs = SIGNS | DAY_SIGNS if day else SIGNS
    return f"{title} {_said(signs[rest[0].text], language)} {told}"


def _name(words: list[Token]) -> tuple[str, list[Token]]:
    """The name at the beginning, and what follows it."""
    if words[0].kind != "name":
        raise LookupError
    if len(words) > 2 and words[1].text == "." and words[2].kind == "name":
        return f"{words[0].text}.{words[2].text}", words[3:]
    return words[0].text, words[1:]


def _title(name: str, form: Mapping[str, Any], language: str) -> str:
    if name in TITLES:
        return _said(TITLES[name], language)
    field = (form.get("properties") or {})[name]
    return str((field.get("x-en") if language == "en" else "") or field.get("title") or name)


def _value(word: Token, name: str, form: Mapping[str, Any], language: str) -> str:
    if word.text in CONSTANTS:
        return _said(YES_NO[CONSTANTS[word.text]], language)
    if word.kind not in {"text", "number"}:
        raise LookupError
    value = value_of(word)
    if isinstance(value, str) and value in OPTIONS.get(name, {}):
        return _said(OPTIONS[name][value], language)
    for option in ((form.get("properties") or {}).get(name) or {}).get("oneOf", ()):
        if option["const"] == value:
            return str((option.get("x-en") if language == "en" else "") or option["title"])
    if isinstance(value, float):
        return f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return ISO_DAY.sub(r"\3/\2/\1", str(value))


def _said(pair: Pair, language: str) -> str:
    return pair[1] if language == "en" else pair[0]
