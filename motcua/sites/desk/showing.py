"""What the page of a dossier shows of what was filed: the facts about it, the answers by section, the papers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as now_

from motcua import forms
from motcua.base.ledger import Row
from motcua.catalogue.queries import Plan
from motcua.desks.queries import counts_of
from motcua.dossiers import queries, rules
from motcua.dossiers.models import Standing
from motcua.printing.receipts import explained
from motcua.sites.desk.papers import told
from motcua.sites.desk.words import RETURNS, holder, step_at
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import CHANNELS, language

Rows = list[dict[str, str]]


def facts_about(standing: Standing, why: str) -> Rows:
    """The rows of ``<c-summary-list>`` at the head of the page; ``why`` explains the due date."""
    dossier = standing.dossier
    due = moment(standing.due_at) or (now_("Không có hạn") if standing.received_at else now_("Tính khi tiếp nhận"))
    filer = dossier.on_behalf_of.get("filer") or (dossier.filed_by.full_name if dossier.filed_by else "")
    basis = dossier.on_behalf_of.get("basis", "")
    rows = [
        (now_("Chủ hồ sơ"), dossier.owner_name),
        (now_("Số định danh cá nhân hoặc mã số thuế"), dossier.owner_identity),
        (now_("Số điện thoại"), dossier.owner_phone),
        (now_("Người nộp thay"), f"{filer} ({basis})" if basis else ""),
        (now_("Tiếp nhận hộ tại"), standing.counter.name if standing.counter_id and standing.counter else ""),
        (now_("Cách nộp"), f"{CHANNELS[dossier.channel]}, {moment(dossier.submitted_at)}"),
        (now_("Tiếp nhận lúc"), moment(standing.received_at)),
        (now_("Hẹn trả kết quả"), f"{due}\n{why}".strip()),
        (now_("Bước"), step_at(standing)),
        (now_("Đang giữ hồ sơ"), holder(standing)),
        (now_("Hạn của bước"), moment(standing.step_due_at)),
        (now_("Cách trả kết quả"), f"{RETURNS[dossier.return_by]}\n{dossier.return_address}".strip()),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def why_due(standing: Standing, facts: Sequence[Row]) -> str:
    """How the appointment was counted, in the reader's language; empty where that does not lead to the date promised."""
    return explained(standing, facts, language())


def papers_of(standing: Standing, edition: Plan) -> dict[str, Any]:
    """The files by the name of their paper, and the names of required papers that nothing was filed for, and
    what was counted at the counter. Two queries."""
    names = {paper.code: paper.name for paper in edition.definition.papers} | {"khac": now_("Giấy tờ khác")}
    files = queries.papers_of(standing.dossier)
    counts = counts_of(standing.dossier_id)
    missing = rules.missing_papers(edition.definition, {each.paper for each in [*files, *counts]})
    return {
        "counted": told(counts, names),
        "files": [(names.get(each.paper, each.paper), each) for each in files],
        "missing": [names[code] for code in missing],
    }


def answers_of(standing: Standing, edition: Plan) -> list[tuple[str, Rows]]:
    """The answers, section by section, without the questions that did not apply."""
    form, answers = edition.form_definition, standing.dossier.answers
    shown = forms.visible(form, answers)
    found = []
    for section in forms.sections(form):
        rows = [row for name in section.fields if name in shown for row in _rows(form, name, answers.get(name))]
        if rows:
            found.append((section.title_en if language() == "en" else section.title, rows))
    return found


def _rows(form: dict[str, Any], name: str, value: Any) -> Rows:
    field = form["properties"][name]
    title = forms.label(field, language())
    if field["type"] != "array" or not isinstance(value, list) or not value:
        return [{"label": title, "value": forms.shown(field, value, language())}]
    columns = field["items"]["properties"]
    return [
        {"label": f"{title} {number}", "value": "\n".join(_entry(columns, entry))}
        for number, entry in enumerate(value, 1)
    ]


def _entry(columns: dict[str, Any], entry: Any) -> list[str]:
    told = entry if isinstance(entry, dict) else {}
    return [
        f"{forms.label(column, language())}: {forms.shown(column, told[name], language())}"
        for name, column in columns.items()
        if name in told
    ]
