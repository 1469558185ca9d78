"""A filing at the counter: what was typed and brought, read from one post, and kept when something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as now_

from motcua import forms
from motcua.base import files
from motcua.base.errors import Invalid, Refused
from motcua.base.ids import new_id
from motcua.base.text import clean
from motcua.catalogue.queries import Plan
from motcua.desks.actions.counter import Brought
from motcua.dossiers.models import Standing
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.people.rules import check_owner_number, names_organisation, phone
from motcua.sites.desk.asking import id_in
from motcua.sites.desk.forms import AtCounter, Choices
from motcua.sites.desk.papers import COUNTS, Row, counted, rows
from motcua.sites.frame.fields import FieldView, change_rows, error_list, fields_of, section_title
from motcua.sites.frame.refusals import said
from motcua.sites.frame.reused import offer_words
from motcua.sites.frame.words import language
from motcua.vault.rules import Offer

PREFIX = "tep-"
KEPT = "da-tai"  # files stored by an earlier try, signed so that nobody can ask for a file by its hash
OTHER = "khac"
WHOLE = "tat-ca"
OWNER = "quay"  # before the names of the counter's own questions, so that none meets one of the form
GROUP, TICKET = "nhom", "so"
VAULT = "kho"  # whose vault was looked at for this filing, signed
OURS = ("id", KEPT, GROUP, TICKET, VAULT)  # what the page asks beside the form
MAX_FILES = 40
FILE_ATTRIBUTES = (
    ("multiple", "multiple"),
    ("accept", ",".join(f".{ending}" for ending in [*files.ACCEPTED.values(), "jpeg"])),
)


@dataclass
class Counter:
    """One filing being typed at the counter. ``id`` is the same however often it is sent.

    ``note`` is what the last look-up found, ``earlier`` are dossiers that can be copied, ``prefilled`` the answers that
    came from either. ``group`` and ``ticket`` are what the filing belongs to.
    """

    id: UUID
    plan: Plan
    owner: AtCounter
    answers: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    earlier: list[Standing] = field(default_factory=list)
    prefilled: set[str] = field(default_factory=set)
    brought: tuple[Brought, ...] = ()
    counts: dict[str, str] = field(default_factory=dict)  # as typed
    group: UUID | None = None
    ticket: UUID | None = None
    papers: list[Attached] = field(default_factory=list)
    holder: UUID | None = None  # whose vault was looked at
    person: UUID | None = None  # who stands there for an organisation
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    faults: Mapping[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)  # what was wrong with a file, by paper
    rows_changed: bool = False

    @property
    def names(self) -> dict[str, str]:
        """What each paper is called, by code; at the end the place for what nobody asked for."""
        papers = {paper.code: paper.name for paper in self.plan.definition.papers if not paper.show_only}
        return papers | {OTHER: now_("Giấy tờ khác")}

    @property
    def sections(self) -> list[tuple[str, list[FieldView]]]:
        """The form of the procedure, all its pages under one another.

        Drawn as one page, so that a question that depends on another stands there before that one is answered.
        """
        form, speech = self.plan.form_definition, language()
        parts = forms.sections(form)
        whole = {"code": WHOLE, "fields": [name for part in parts for name in part.fields]}
        drawn = fields_of({**form, "x-sections": [whole]}, WHOLE, self.answers, self.faults, set(), speech)
        views = {view.name: view for view in drawn}
        return [(section_title(form, part.code, speech), [views[name] for name in part.fields]) for part in parts]

    @property
    def boxes(self) -> list[FieldView]:
        """A box for each paper. At the counter none is compulsory: the officer judges what is missing."""
        limit = settings.MAX_FILE_BYTES // (1024 * 1024)
        hint = now_("Bản quét hoặc ảnh chụp; mỗi tệp tối đa %(limit)d MB.") % {"limit": limit}
        return [
            FieldView(PREFIX + code, name, "file", hint=hint, error=self.wrong.get(code, ""), required=False,
                      attributes=FILE_ATTRIBUTES)
            for code, name in self.names.items()
        ]  # fmt: skip

    @property
    def papers_asked(self) -> list[Row]:
        """Every paper with its box for the scan, its counts, and what the State has instead of it."""
        there = {each.paper for each in self.papers}
        return [
            replace(row, offers=tuple((f"{row.code}:{each.item}", offer_words(each), each.trust) for each in found))
            if (found := self.offers.get(row.code, [])) and row.code not in there
            else row
            for row in rows(self.plan.definition, self.boxes, self.counts)
        ]

    @property
    def looked(self) -> str:
        """The signed words that show the vault again without another look; empty when none was opened."""
        whose = [str(self.id), str(self.holder), str(self.person or "")]
        return signing.dumps(whose, salt=VAULT) if self.holder else ""

    @property
    def kept(self) -> list[tuple[str, str, str, str]]:
        """The files stored already: paper, name, its mark, and the signed words that bring them back."""
        names = self.names
        return [(names.get(each.paper, ""), each.label, each.source, self._signed(each)) for each in self.papers]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Everything wrong, for the top of the page."""
        answers = [view for _, views in self.sections for view in views]
        return [*self.owner.summary, *error_list(answers), *error_list(self.boxes)]

    def is_right(self) -> bool:
        """Whether everything typed can be filed; what is wrong is kept to be shown, all of it at once."""
        self.faults = self.plan.form.check(self.plan.form.kept(self.answers))
        return self.owner.is_valid() and not self.faults and not self.wrong

    @property
    def for_organisation(self) -> bool:
        """Whether the number typed is a tax code: then somebody stands there for an organisation."""
        return names_organisation(self.given("owner_identity"))

    @property
    def agency(self) -> UUID:
        """Who is to decide: what was chosen, else the only one there is."""
        return UUID(self.owner.cleaned_data["agency"] or str(self.owner.fields["agency"].initial))

    def given(self, name: str) -> str:
        """What stands in a box of the counter's own questions."""
        return str(self.owner[name].value() or "").strip()

    def give(self, **values: str) -> None:
        """Put values into boxes; the page is shown again with everything else as it was typed, and nothing checked."""
        typed = {name: self.owner[name].value() for name in self.owner.fields}
        agencies = self.owner.fields["agency"].choices  # type: ignore[attr-defined]
        self.owner = AtCounter(initial=typed | values, prefix=OWNER, agencies=agencies)

    def give_missing(self, **values: str) -> None:
        """Put values into those boxes that are empty."""
        self.give(**{name: value for name, value in values.items() if not self.given(name)})

    def filing(self, filer: UUID | None) -> Filing:
        """The filing as `submit` takes it. Raises `Invalid` for a number or a telephone that can't be, and
        ``on_behalf_incomplete``."""
        given = self.owner.cleaned_data
        identity = given["owner_identity"] and check_owner_number(given["owner_identity"])
        behalf = {"name": given["owner_name"], "filer": given["filer_name"], "basis": given["filer_basis"]}
        if self.for_organisation:
            behalf["identity_number"] = identity
        unnamed = filer and self.for_organisation and not given["filer_name"]
        if bool(given["filer_name"]) != bool(given["filer_basis"]) or unnamed:
            raise Invalid("on_behalf_incomplete")
        return Filing(
            id=self.id,
            edition=self.plan.edition_id,
            agency=self.agency,
            channel=given["channel"],
            owner=Owner(given["owner_name"], identity, given["owner_phone"] and phone(given["owner_phone"])),
            answers=self.plan.form.kept(self.answers),
            papers=tuple(self.papers),
            return_by=given["return_by"],
            on_behalf_of=behalf if given["filer_name"] else None,
            filer=filer,
        )

    def refuse(self, error: Refused) -> int:
        """Show a refusal where it belongs; returns the status of the answer."""
        return self.owner.refuse(error)

    def _signed(self, each: Attached) -> str:
        return signing.dumps([str(self.id), each.paper, each.sha256, each.label, each.source], salt=KEPT)


def begun(request: HttpRequest, plan: Plan, agencies: Choices, own: UUID) -> Counter:
    """An empty filing with one's ``own`` agency if it decides, of the group and the ticket that the address names."""
    first = {"agency": str(own)} if str(own) in dict(agencies) else {}
    found = Counter(new_id(), plan, AtCounter(prefix=OWNER, agencies=agencies, initial=first))
    found.group, found.ticket = id_in(request.GET.get(GROUP)), id_in(request.GET.get(TICKET))
    return found


def read(request: HttpRequest, plan: Plan, agencies: Choices, at: datetime) -> Counter:
    """The filing that was posted. Effects: keeps the files it brought.

    Raises `Invalid` ``body_invalid``, ``form_field_unknown`` for a question that the form does not ask.
    """
    filing_id = id_in(request.POST.get("id"))
    if filing_id is None:
        raise Invalid("body_invalid")
    found = Counter(filing_id, plan, AtCounter(request.POST, prefix=OWNER, agencies=agencies))
    found.group, found.ticket = id_in(request.POST.get(GROUP)), id_in(request.POST.get(TICKET))
    post = {name: list(values) for name, values in request.POST.lists()}
    asked = {
        name: values
        for name, values in post.items()
        # a browser sends the box of a scan that was not chosen as an empty field
        if name not in OURS and not name.startswith((f"{OWNER}-", PREFIX, *COUNTS))
    }
    if strange := forms.strange_names(plan.form_definition, asked):
        raise Invalid("form_field_unknown", names=strange)
    _read_answers(found, post)
    found.counts = {name: text[:40] for name, text in request.POST.items() if name.startswith(COUNTS)}
    brought, found.wrong = counted(plan.definition, found.counts)
    found.brought = tuple(brought)
    _read_files(found, request, at)
    return found


def _read_files(found: Counter, request: HttpRequest, at: datetime) -> None:
    found.papers = [each for text in request.POST.getlist(KEPT)[:MAX_FILES] if (each := _kept(found, text))]
    for code in found.names:
        for file in request.FILES.getlist(PREFIX + code):
            try:
                stored = files.store(file.chunks(), at=at)
            except Refused as no:
                found.wrong[code] = f"{(file.name or '')[-80:]}: {said(no).what} {said(no).do}"
            else:
                label = clean((file.name or "").replace("\x00", ""))[-120:] or "tệp"
                found.papers.append(Attached(code, stored.sha256, label))
    only_shown = {each.paper for each in found.brought if each.shown}
    for each in found.papers:
        if each.paper in only_shown:
            found.wrong[each.paper] = now_("Giấy tờ chỉ xuất trình thì không lưu bản quét: hãy bỏ tệp, hoặc bỏ dấu.")


def _read_answers(found: Counter, post: dict[str, list[str]]) -> None:
    form = found.plan.form_definition
    pressed = (post.get("_add", [""])[-1] or post.get("_remove", [""])[-1].rpartition("-")[0]) if post else ""
    for section in forms.sections(form):
        changed = change_rows(form, section.code, post) if pressed in section.fields else None
        found.rows_changed = found.rows_changed or changed is not None
        found.answers |= forms.parse_post(form, section.code, post) if changed is None else changed


def _kept(found: Counter, text: str) -> Attached | None:
    """A file that this very filing brought before; a word that was tampered with brings nothing."""
    try:
        filing_id, paper, sha256, label, source = signing.loads(text, salt=KEPT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError):
        return None
    return Attached(paper, sha256, label, source) if filing_id == str(found.id) else None
