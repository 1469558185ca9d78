"""Opinions at the desk: what is asked and answered, the forms for both, and who may be asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.worktime import Calendar, local
from motcua.catalogue.definition import Opinion as Foreseen
from motcua.catalogue.queries import plan
from motcua.dossiers.models import Standing
from motcua.opinions.models import Opinion
from motcua.people.models import Agency
from motcua.people.queries import agencies, agency_by_id, below, province_of
from motcua.sites.desk.asking import Desk
from motcua.sites.desk.forms import Asked, Choices, lines
from motcua.sites.desk.words import NEAR_MINUTES, overdue, remaining
from motcua.sites.frame.words import Tag, language

OTHER = "khac"  # a matter that the process does not foresee
ANSWERS = {"yes": _("Đồng ý"), "no": _("Không đồng ý")}


class AskOpinion(Asked):
    """To whom, what, and how long there is to answer; what the process foresees is filled in."""

    places = {"opinion_hours": "hours", "opinion_question": "question", "opinion_text": "question",
              "opinion_unknown": "opinion", "opinion": "agency", "agency": "agency"}  # fmt: skip
    opinion = forms.ChoiceField(label=_("Việc cần ý kiến"), required=False, widget=forms.RadioSelect)
    agency = forms.ChoiceField(
        label=_("Cơ quan được hỏi"), required=False, help_text=_("Để trống nếu quy trình đã nêu cơ quan.")
    )
    hours = forms.IntegerField(
        label=_("Thời hạn trả lời (giờ làm việc)"), required=False, min_value=1, max_value=2000,
        help_text=_("8 giờ là một ngày làm việc, tính theo lịch của cơ quan được hỏi. Để trống nếu theo quy trình."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip
    question = lines(_("Nội dung cần hỏi"), help_text=_("Nói rõ cần ý kiến về việc gì, theo căn cứ nào."))

    def __init__(self, foreseen: Sequence[Foreseen], askable: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.opinion, title_of(each)) for each in foreseen]
        self.fields["opinion"].choices = [*named, (OTHER, now_("Việc khác"))]  # type: ignore[attr-defined]
        self.fields["opinion"].initial = named[0][0] if named else OTHER
        self.fields["agency"].choices = [("", ""), *askable]  # type: ignore[attr-defined]
        if not named:
            del self.fields["opinion"]
            self.fields["agency"].required = self.fields["hours"].required = True


class AnswerOpinion(Asked):
    """The answer in writing."""

    places = {"opinion": "answer"}
    agrees = forms.ChoiceField(label=_("Ý kiến"), choices=list(ANSWERS.items()), widget=forms.RadioSelect)
    answer = lines(_("Nội dung trả lời và căn cứ"))


def title_of(each: Foreseen) -> str:
    """What an opinion of the process is called, with its time."""
    name = each.name_en if language() == "en" and each.name_en else each.name
    return now_("%(name)s (%(hours)g giờ)") % {"name": name, "hours": each.hours}


def foreseen_at(standing: Standing) -> tuple[Foreseen, ...]:
    """The opinions that the step of the dossier foresees. No query."""
    step = plan(standing.dossier.edition_id).steps.get(standing.step)
    return step.opinions if step else ()


def askable(desk: Desk) -> Choices:
    """The agencies of the same province without its counters and the one that asks; outside any, all higher ones."""
    on, top = local(desk.at).date(), province_of(desk.agency.id)
    higher = [*agencies(on=on, level="ministry"), *agencies(on=on, level="province")] if top is None else []
    found = below(agency_by_id(top), on=on) if top else higher
    return [(each.code, name_of(each)) for each in found if each.level != "centre" and each.id != desk.agency.id]


def name_of(agency: Agency) -> str:
    """The name of an agency in the reader's language."""
    return agency.name_en if language() == "en" and agency.name_en else agency.name


def due_tag(opinion: Opinion, office: Calendar, at: datetime) -> Tag:
    """Where an opinion stands, in the colours and words of the worklist; ``office`` is that of who is asked."""
    if opinion.withdrawn_at:
        return Tag(now_("Đã rút"), "plain", "dot")
    if opinion.answered_at:
        late = opinion.late(at)
        return Tag(now_("Đã trả lời, quá hạn"), "late", "alert") if late else Tag(now_("Đã trả lời"), "ok", "check")
    if opinion.due_at < at:
        return Tag(overdue(office.working_minutes_between(opinion.due_at, at)), "late", "alert")
    left = office.working_minutes_between(at, opinion.due_at)
    return Tag(remaining(left), "ok", "check") if left > NEAR_MINUTES else Tag(remaining(left), "soon", "clock")
