"""A step of the process as an administrator types it: its head, and rows of exits, tasks, opinions and timeouts.

An empty row is no row. What is typed becomes a `Step`; whether a process of such steps is sound is asked afterwards, by
the same check that publishing asks, so that nothing typed is lost on the way to a sound process.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.text import clean, slug
from motcua.catalogue.definition import Exit, Opinion, Step, Task, Timeout
from motcua.processes.checking import FIXED
from motcua.sites.designer.forms import Asked, Line, line, lines
from motcua.sites.designer.process_words import KINDS, ROLE_LABELS, THEN_LABELS, action_choices, target_choices
from motcua.sites.designer.process_words import name as name_of
from motcua.sites.frame.fields import FieldView, error_list

MOST_ROWS = 30
SHORT: dict[str, Any] = {"class": "short", "autocomplete": "off", "spellcheck": "false"}


class Hours(Line):
    """Working hours as people type them: ``4``, ``4,5`` or ``0.5``. Empty is None, which is not nought."""

    def to_python(self, value: Any) -> Any:
        """The number, None when nothing was typed."""
        text = str(super().to_python(value) or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            found = -1.0
        if not 0 <= found < 10_000:
            raise forms.ValidationError(now_("Hãy ghi số giờ từ 0 đến dưới 10.000, ví dụ 4 hoặc 4,5."))
        return found


def hour_box(label: Any, required: bool = False, help_text: Any = "") -> Hours:
    """A box for hours."""
    attrs = {"inputmode": "decimal", "class": "number", "autocomplete": "off"}
    return Hours(label=label, required=required, help_text=help_text, widget=forms.TextInput(attrs))


def choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Let the list ``name`` of ``form`` offer these choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def opened(views: list[FieldView]) -> list[FieldView]:
    """The fields with choices as lists to open, however few there are: they stand side by side here."""
    return [replace(view, widget="select") if view.widget == "radios" else view for view in views]


class StepHead(Asked):
    """Who does what in a step, and how long."""

    name = line(_("Tên bước"), longest=200)
    name_en = line(_("Tên tiếng Anh"), required=False, longest=200)
    does = forms.ChoiceField(label=_("Loại bước"), choices=list(KINDS.items()), widget=forms.Select)
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[("", _("Không ai (bước tự động)")), *ROLE_LABELS.items()], required=False
    )
    hours = hour_box(_("Số giờ làm việc"), help_text=_("Để trống nếu bước không giới hạn thời gian."))
    step = line(
        _("Mã bước"),
        help_text=_("Chữ thường không dấu, số và gạch nối. Đổi mã thì các nút dẫn đến bước này đổi theo."),
        longest=60,
        **SHORT,
    )

    @property
    def views(self) -> list[FieldView]:
        """The fields, choices always as a list to open."""
        return opened(super().views)

    def clean_step(self) -> str:
        """The code in the one shape that codes have."""
        return slug(self.cleaned_data["step"])


class Row(Asked):
    """One row of a table of a step; drawn small, side by side. No box of it must be filled, since the row need not."""

    @property
    def views(self) -> list[FieldView]:
        """The fields, choices always as a list to open."""
        return [replace(view, required=True) for view in opened(super().views)]

    @property
    def told(self) -> dict[str, Any]:
        """What was typed in this row; nothing for an empty one or one to be left out."""
        given = self.cleaned_data if self.has_changed() or self.initial else {}
        return {} if given.get("DELETE") else {name: value for name, value in given.items() if name != "DELETE"}


class ExitRow(Row):
    """An action, where it leads, and when it may be taken."""

    action = forms.ChoiceField(label=_("Nút bấm"), required=False)
    name = line(_("Tên nút riêng"), required=False, longest=80)
    name_en = line(_("Tên nút bằng tiếng Anh"), required=False, longest=80)
    to = forms.ChoiceField(label=_("Dẫn đến"), required=False)
    when = line(_("Chỉ khi"), required=False, longest=1000, **{"class": "condition", "spellcheck": "false"})

    def __init__(self, *args: Any, steps: tuple[Step, ...] = (), step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "action", action_choices(step))
        choose(self, "to", target_choices(steps, step))
        self.fields["when"].widget.attrs |= {
            "hx-post": "../../dieu-kien/", "hx-trigger": "change", "hx-target": f"#told-{self.prefix}",
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An exit has an action, and a place it leads to unless the action says that by itself."""
        given = super().clean() or {}
        name, own = clean(given.get("name") or ""), self.initial.get("own", "")
        action = given.get("action") or own or slug(name).replace("-", "_")
        name = "" if name == _plain_letters(action) else name
        to = given.get("to") or FIXED.get(action, "")
        if not given.get("DELETE") and (action or to or given.get("when")):
            if not action:
                self.add_error("action", now_("Hãy chọn nút bấm hoặc ghi tên nút riêng."))
            if not to:
                self.add_error("to", now_("Hãy chọn nơi nút này dẫn đến."))
        told = {"when": clean(given.get("when") or ""), "name": name, "name_en": clean(given.get("name_en") or "")}
        return given | {"action": action, "to": to, **told}


class TaskRow(Row):
    """A piece of work to be ticked off."""

    name = line(_("Tên việc"), longest=200)
    name_en = line(_("Tên tiếng Anh"), required=False, longest=200)
    hours = hour_box(_("Số giờ"))
    optional = forms.BooleanField(label=_("Không bắt buộc làm xong"), required=False)


class OpinionRow(Row):
    """What another unit is asked."""

    name = line(_("Nội dung lấy ý kiến"), longest=200)
    name_en = line(_("Tên tiếng Anh"), required=False, longest=200)
    hours = hour_box(_("Hạn trả lời (giờ làm việc)"), required=True)
    agency = line(
        _("Mã cơ quan được hỏi"), required=False, longest=60, help_text=_("Để trống thì cán bộ chọn."),
        **{"class": "short"},
    )  # fmt: skip


class TimeoutRow(Row):
    """What happens by itself after so long."""

    hours = hour_box(_("Sau (giờ làm việc)"))
    working_days = hour_box(_("hoặc sau (ngày làm việc)"))
    then = forms.ChoiceField(label=_("Thì"), choices=[("", "—"), *THEN_LABELS.items()])

    def clean(self) -> dict[str, Any]:
        """Hours or days, one of the two."""
        given = super().clean() or {}
        if not given.get("DELETE") and (given.get("hours") is None) == (given.get("working_days") is None):
            self.add_error("hours", now_("Hãy ghi số giờ hoặc số ngày, một trong hai."))
        return given


def _rows(row: type[Row]) -> Any:
    return forms.formset_factory(row, extra=1, can_delete=True, can_delete_extra=False, max_num=MOST_ROWS)


EXITS, TASKS, OPINIONS, TIMEOUTS = _rows(ExitRow), _rows(TaskRow), _rows(OpinionRow), _rows(TimeoutRow)


class StepEdit:
    """The whole page of a step: the head and four tables, filled from the step or from what was posted."""

    def __init__(self, steps: tuple[Step, ...], step: Step, post: Mapping[str, Any] | None = None) -> None:
        self.old = step
        self.head = StepHead(post, initial={name: _typed(getattr(step, name)) for name in StepHead.base_fields})
        self.exits = EXITS(
            post, prefix="exits", initial=_exits(step), form_kwargs={"steps": steps, "step": step}
        )  # fmt: skip
        tasks = [{**_plain(task), "optional": not task.required} for task in step.tasks]
        self.tasks = TASKS(post, prefix="tasks", initial=tasks)
        self.opinions = OPINIONS(post, prefix="opinions", initial=[_plain(each) for each in step.opinions])
        self.timeouts = TIMEOUTS(post, prefix="timeouts", initial=[_plain(each) for each in step.timeouts])
        for table in self.tables:
            for form in table.forms:
                if "DELETE" in form.fields:
                    form.fields["DELETE"].label = now_("Bỏ dòng này")

    @property
    def tables(self) -> tuple[Any, ...]:
        """The four tables."""
        return self.exits, self.tasks, self.opinions, self.timeouts

    def is_valid(self) -> bool:
        """Whether all of it can be read."""
        return all([self.head.is_valid(), *(table.is_valid() for table in self.tables)])

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What can't be read, for the top of the page."""
        rows = [view for table in self.tables for form in table.forms for view in form.views]
        return self.head.summary + error_list(rows)

    def step(self) -> Step:
        """The step as it was typed; only after `is_valid`."""
        head = self.head.cleaned_data
        automatic = head["does"] == "automatic"
        return Step(
            step=head["step"],
            name=clean(head["name"]),
            role="" if automatic else head["role"],
            hours=0 if automatic else head["hours"],
            then=dict(_exit(told) for told in _told(self.exits) if told.get("action")),
            does=head["does"],
            name_en=clean(head["name_en"]),
            tasks=tuple(_task(told, self.old, place) for place, told in enumerate(_told(self.tasks))),
            opinions=tuple(_opinion(told, self.old, place) for place, told in enumerate(_told(self.opinions))),
            timeouts=tuple(
                Timeout(told["then"], told["hours"], told["working_days"]) for told in _told(self.timeouts)
            ),
        )


def _told(table: Any) -> list[dict[str, Any]]:
    return [told for form in table.forms if (told := form.told)]


def _exit(told: dict[str, Any]) -> tuple[str, str | Exit]:
    way = Exit(told["to"], told["when"], told["name"], told["name_en"])
    return told["action"], told["to"] if way == Exit(told["to"]) else way


def _task(told: dict[str, Any], old: Step, place: int) -> Task:
    kept = next((task.task for task in old.tasks if task.name == told["name"]), "")
    code = kept or slug(told["name"])[:50] or f"viec-{place + 1}"
    return Task(code, clean(told["name"]), clean(told["name_en"]), told["hours"], not told["optional"])


def _opinion(told: dict[str, Any], old: Step, place: int) -> Opinion:
    kept = next((each.opinion for each in old.opinions if each.name == told["name"]), "")
    code = kept or slug(told["name"])[:50] or f"y-kien-{place + 1}"
    return Opinion(code, clean(told["name"]), told["hours"], clean(told["name_en"]), clean(told["agency"]))


def _exits(step: Step) -> list[dict[str, Any]]:
    known = dict(action_choices(step))
    found = []
    for action in step.then:
        way = step.exit(action) or Exit("")
        named = {"action": action} if action in known else {"own": action}
        name = way.name or ("" if action in known else _plain_letters(action))
        found.append({**named, "to": way.to, "when": way.when, "name": name, "name_en": way.name_en})
    return found


def _plain_letters(action: str) -> str:
    """The name of an action that the edition did not name: its code in plain letters."""
    return action.replace("_", " ")


def _plain(item: Any) -> dict[str, Any]:
    return {name: _typed(getattr(item, name)) for name in item.__struct_fields__}


def _typed(value: Any) -> Any:
    """A number as it is typed here: with a comma, without needless noughts."""
    return f"{value:g}".replace(".", ",") if isinstance(value, float | int) and not isinstance(value, bool) else value


class AddStep(Asked):
    """A new step between two others."""

    name = line(_("Tên bước mới"), longest=200)
    role = forms.ChoiceField(label=_("Vai trò"), choices=list(ROLE_LABELS.items()), initial="clerk")
    after = forms.ChoiceField(label=_("Đứng sau bước"), required=False)

    def __init__(self, steps: tuple[Step, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        followed = [(step.step, name_of(step)) for step in steps if step.does != "hand_over"]
        choose(self, "after", followed)
        self.fields["after"].required = bool(followed)

    @property
    def views(self) -> list[FieldView]:
        """The fields, choices always as a list to open."""
        return opened(super().views)


class UploadedProcess(Asked):
    """A BPMN file."""

    places = {"bpmn": "file", "file": "file"}
    file = forms.FileField(label=_("Tệp BPMN 2.0"), help_text=_("Thay cho quy trình của bản nháp này."))


class RecordRun(Asked):
    """A finished dossier whose way becomes a test."""

    places = {"dossier": "code", "run_not": "code", "edition_breaks": "code", "run_name": "name"}
    code = line(_("Mã hồ sơ đã trả kết quả"), longest=80, **SHORT)
    name = line(_("Tên bài kiểm thử"), help_text=_("Ví dụ: Cấp đúng hạn, không bổ sung."), longest=120)


class RetireRun(Asked):
    """Why a test is asked no more."""

    reason = lines(_("Lý do"), longest=2000)
