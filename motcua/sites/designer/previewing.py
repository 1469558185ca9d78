"""A form as the person will see it, filled in and checked, with nothing kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua import forms
from motcua.base.errors import DefinitionError, Invalid
from motcua.forms import Fault, Section
from motcua.forms.posting import POST_CHARACTERS
from motcua.sites.designer.asking import Workbench
from motcua.sites.frame.fields import FieldView, change_rows, error_list, fields_of
from motcua.sites.frame.words import language

Answers = dict[str, Any]


@dataclass
class Preview:
    """One page of the form being tried. ``answers`` are those of all pages so far; ``kept`` carries them in the page."""

    section: Section | None = None
    sections: list[Section] = field(default_factory=list)
    fields: list[FieldView] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    following: str = ""
    passed: bool = False

    @property
    def title(self) -> str:
        """The heading of the page."""
        if self.section is None:
            return ""
        return self.section.title_en if language() == "en" else self.section.title

    @property
    def hint(self) -> str:
        """The words under the heading."""
        if self.section is None:
            return ""
        return self.section.hint_en if language() == "en" else self.section.hint

    @property
    def kept(self) -> str:
        """The answers as the hidden field of the page holds them."""
        return json.dumps(self.answers, ensure_ascii=False)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, for the top of the page."""
        return error_list(self.fields)


def preview_of(bench: Workbench, code: str, post: Mapping[str, list[str]] | None = None) -> Preview:
    """A page of the form as the person will see it; the first one that applies where ``code`` names none.

    With a ``post`` the answers are read and checked as the portal does. A form that contradicts itself shows why.
    Raises `Invalid` ``form_field_unknown``, ``form_too_big``.
    """
    try:
        form = bench.plan.form
    except DefinitionError as problem:
        return Preview(problems=problem.problems)
    answers = read_answers(form, post) if post else {}
    sections = form.open_sections(form.kept(answers)) or form.sections
    section = next((each for each in sections if each.code == code), sections[0])
    if not post:
        return Preview(section, sections, _fields(form, section, answers, {}), answers)
    return _tried(form, section, answers, post)


def _tried(form: forms.Form, section: Section, answers: Answers, post: Mapping[str, list[str]]) -> Preview:
    if strange := forms.strange_names(form.definition, post):
        raise Invalid("form_field_unknown", names=strange)
    others = {name: value for name, value in answers.items() if name not in section.fields}
    changed = change_rows(form.definition, section.code, dict(post))
    if changed is not None:
        whole = others | changed
        return Preview(section, form.open_sections(form.kept(whole)), _fields(form, section, whole, {}), others)
    whole = others | forms.parse_post(form.definition, section.code, post)
    faults = form.check_section(section.code, whole)
    sections = form.open_sections(form.kept(whole))
    codes = [each.code for each in sections]
    place = codes.index(section.code) + 1 if section.code in codes else 0
    following = codes[place] if place < len(codes) else ""
    fields = _fields(form, section, whole, faults)
    return Preview(section, sections, fields, form.kept(whole), following=following, passed=not faults)


def _fields(form: forms.Form, section: Section, answers: Answers, faults: Mapping[str, Fault]) -> list[FieldView]:
    return fields_of(form.definition, section.code, answers, faults, set(), language())


def read_answers(form: forms.Form, post: Mapping[str, list[str]]) -> Answers:
    """The answers of earlier pages that the page carried along; what is no object of known fields is nothing."""
    text = (post.get("_answers") or [""])[-1]
    if len(text) > POST_CHARACTERS:
        raise Invalid("form_too_big", limit=POST_CHARACTERS)
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: found[name] for name in form.fields if name in found} if isinstance(found, dict) else {}
