"""A form changed one small verb at a time. Each gives a new form, the old one is left alone; or raises `Invalid`.

A question is named by its field, inside a repeated group by ``group-column``. What a verb can't judge alone (a process
that names a field) is told by the problems of the edition at once.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec

from motcua.base.errors import Invalid, NotFound
from motcua.base.text import words
from motcua.designs.questions import IDENTITY_WORDS, PHONE_WORDS, Question, field_of, kind_of, question_of
from motcua.forms.problems import CODE, NAME

Form = dict[str, Any]
MOST_FIELDS = 400
OWN_WORDS = {"identity": IDENTITY_WORDS, "phone": PHONE_WORDS}


def empty(title: str, title_en: str) -> Form:
    """A form with one page and no question yet."""
    section = {"code": "phan-1", "title": "Nội dung đề nghị", "x-en": "The request", "fields": []}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "x-en": title_en, "type": "object",
        "properties": {}, "required": [], "x-sections": [section],
    }  # fmt: skip


def add_section(form: Form, title: str, title_en: str, code: str = "") -> Form:
    """One more page at the end. Raises `Invalid` ``design_title_missing``, ``design_section_twice``, ``_malformed``."""
    made = deepcopy(form)
    if not title.strip():
        raise Invalid("design_title_missing")
    taken = {section["code"] for section in made["x-sections"]}
    code = code or _free("-".join(words(title))[:40].strip("-") or "phan", taken, "-")
    if code in taken:
        raise Invalid("design_section_twice", code=code)
    if not CODE.fullmatch(code):
        raise Invalid("design_section_malformed", code=code[:60])
    made["x-sections"].append({"code": code, "title": title, "x-en": title_en, "fields": []})
    return made


def change_section(form: Form, code: str, given: Mapping[str, str]) -> Form:
    """Another ``title``, ``title_en``, ``hint`` or ``hint_en`` of a page. Raises as `add_section`."""
    made = deepcopy(form)
    section = _section(made, code)
    for name, key in (("title", "title"), ("title_en", "x-en"), ("hint", "x-hint"), ("hint_en", "x-hint-en")):
        if name in given:
            section[key] = given[name]
            if not given[name] and key.startswith("x-hint"):
                del section[key]
    if not section["title"].strip():
        raise Invalid("design_title_missing")
    return made


def move_section(form: Form, code: str, down: bool) -> Form:
    """A page one place up or down; at the end it stays."""
    made = deepcopy(form)
    _shift(made["x-sections"], _section(made, code), down)
    return made


def remove_section(form: Form, code: str) -> Form:
    """A page without questions goes. Raises `Invalid` ``design_section_full``."""
    made = deepcopy(form)
    section = _section(made, code)
    if section["fields"]:
        raise Invalid("design_section_full", section=section["title"], many=len(section["fields"]))
    made["x-sections"].remove(section)
    return made


def add_question(form: Form, section: str, question: Question, name: str = "", group: str = "") -> Form:
    """One more question at the end of a page, or of a repeated ``group``. An empty ``name`` is made from the title.

    Raises `Invalid` ``design_field_twice``, ``design_field_malformed``, ``design_too_many``, and as `field_of`.
    """
    made = deepcopy(form)
    place = _section(made, section)
    properties, required = _home(made, f"{group}-x" if group else "x")
    if len(made["properties"]) >= MOST_FIELDS:
        raise Invalid("design_too_many", limit=MOST_FIELDS)
    name = name or _free(_field_name(question.title), set(properties), "_")
    if name in properties:
        raise Invalid("design_field_twice", name=name, title=properties[name].get("title", ""))
    if not NAME.fullmatch(name) or len(name) > 60:
        raise Invalid("design_field_malformed", name=name[:60])
    _fits(made, question, name, group)
    properties[name] = field_of(_worded(question))
    if question.required and not question.formula:
        required.append(name)
    if not group:
        place["fields"].append(name)
    return made


def change_question(form: Form, path: str, question: Question) -> Form:
    """A question asked otherwise, under the same name. Raises `NotFound` ``design_field_unknown``, and as the adding."""
    made = deepcopy(form)
    properties, required = _home(made, path)
    name = _known(properties, path)
    _fits(made, question, name, path.partition("-")[0] if "-" in path else "")
    old = properties[name]
    properties[name] = field_of(_worded(question), old)
    if question.kind == "group" and kind_of(old) == "group":
        properties[name]["items"] = old["items"]
    elif question.kind != "group":
        properties[name].pop("items", None)
    needed = question.required and not question.formula
    if needed and name not in required:
        required.append(name)
    elif not needed and name in required:
        required.remove(name)
    return made


def move_question(form: Form, path: str, down: bool) -> Form:
    """A question one place up or down, over the edge of its page into the next one; in a group within the group."""
    made = deepcopy(form)
    properties, _ = _home(made, path)
    name = _known(properties, path)
    if "-" in path:
        order = list(properties)
        _shift(order, name, down)
        items = made["properties"][path.partition("-")[0]]["items"]
        items["properties"] = {key: properties[key] for key in order}
        return made
    sections = made["x-sections"]
    number = next((number for number, each in enumerate(sections) if name in each["fields"]), None)
    if number is None:
        raise NotFound("design_field_unknown", name=name[:60])
    fields = sections[number]["fields"]
    over = number + (1 if down else -1)
    if name == fields[-1 if down else 0] and 0 <= over < len(sections):
        fields.remove(name)
        sections[over]["fields"].insert(0 if down else len(sections[over]["fields"]), name)
    else:
        _shift(fields, name, down)
    return made


def remove_question(form: Form, path: str) -> Form:
    """A question goes. Raises `Invalid` ``design_field_needed`` while conditions of others name it."""
    made = deepcopy(form)
    properties, required = _home(made, path)
    name = _known(properties, path)
    if "-" not in path and (others := _dependents(made, name)):
        raise Invalid("design_field_needed", name=properties[name].get("title", name), others=others)
    del properties[name]
    if name in required:
        required.remove(name)
    if "-" not in path:
        for section in made["x-sections"]:
            section["fields"] = [each for each in section["fields"] if each != name]
    return made


def set_rules(form: Form, rules: list[dict[str, str]]) -> Form:
    """The rules over several questions, each ``that`` (CEL), ``error``, ``error-en``, ``field``."""
    made = deepcopy(form)
    made.pop("x-rules", None)
    return made | ({"x-rules": rules} if rules else {})


def question_at(form: Form, path: str) -> Question:
    """The question under a name. Raises `NotFound` ``design_field_unknown``."""
    properties, required = _home(form, path)
    name = _known(properties, path)
    return question_of(properties[name], name in required)


def earlier(form: Form, name: str) -> list[str]:
    """The names asked before ``name``; all of them for a name that is not there yet."""
    order = [each for section in form["x-sections"] for each in section["fields"]]
    return order[: order.index(name)] if name in order else order


def _fits(form: Form, question: Question, name: str, group: str) -> None:
    """Conditions are about earlier questions; inside a group there is none."""
    if group and (question.kind == "group" or question.when or question.prefill or question.formula):
        raise Invalid("design_group_plain")
    before = earlier(form, name)
    for condition in question.when:
        if condition.get("field") not in before:
            raise Invalid("design_condition_later", name=str(condition.get("field"))[:60])


def _worded(question: Question) -> Question:
    """Kinds with a fixed pattern say themselves what is wrong, where the administrator wrote nothing better."""
    if question.kind in OWN_WORDS and not question.error:
        error, error_en = OWN_WORDS[question.kind]
        return msgspec.structs.replace(question, error=error, error_en=error_en)
    return question


def _dependents(form: Form, name: str) -> list[str]:
    return [
        field.get("title", other)
        for other, field in form["properties"].items()
        if any(condition.get("field") == name for condition in field.get("x-when", ()))
    ]


def _section(form: Form, code: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((each for each in form["x-sections"] if each["code"] == code), None)
    if found is None:
        raise NotFound("design_section_unknown", code=code[:60])
    return found


def _home(form: Form, path: str) -> tuple[dict[str, Any], list[str]]:
    """The properties and the list of required names that a path lives in."""
    group, _, column = path.partition("-")
    node = form
    if column:
        field = form["properties"].get(group, {})
        if field.get("type") != "array":
            raise NotFound("design_field_unknown", name=path[:60])
        node = field["items"]
    properties: dict[str, Any] = node["properties"]
    required: list[str] = node.setdefault("required", [])
    return properties, required


def _known(properties: Mapping[str, Any], path: str) -> str:
    name = path.rpartition("-")[2]
    if name not in properties:
        raise NotFound("design_field_unknown", name=path[:60])
    return name


def _shift(items: list[Any], item: Any, down: bool) -> None:
    place = items.index(item)
    other = place + (1 if down else -1)
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]


def _field_name(title: str) -> str:
    name = "_".join(words(title))[:40].strip("_")
    return name if NAME.fullmatch(name) else f"cau_{name}".strip("_")


def _free(name: str, taken: set[str], between: str) -> str:
    number, found = 2, name
    while found in taken:
        found, number = f"{name}{between}{number}", number + 1
    return found
