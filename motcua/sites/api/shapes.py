"""What goes out of the API. Names as in docs/glossary.md; moments are ISO 8601 in UTC, money in đồng.

Absent always means unknown: an amount that is null is not free, a due date that is null was not promised.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.catalogue.definition import Channel, Paper, Result, Text


class Problem(Struct, frozen=True):
    """RFC 9457. ``title`` says what happened, ``detail`` what to do; ``code`` is stable, ``fields`` says what is wrong
    where."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    details: dict[str, Any] = {}
    fields: dict[str, str] = {}


class Listed(Struct, frozen=True):
    """A procedure in a list."""

    code: str
    name: Text
    field: str
    levels: list[str]
    subjects: list[str]
    life_events: list[str]
    online: str
    fileable: bool


class ProcedureList(Struct, frozen=True):
    """A page of procedures by name; ``next`` is the ``after`` of the next page, null on the last."""

    items: list[Listed]
    next: str | None


class StepShown(Struct, frozen=True):
    """A step of the process as everybody may know it."""

    step: str
    name: Text
    role: str
    hours: float | None


class Procedure(Struct, frozen=True):
    """A procedure as in force today. ``schema`` accepts exactly the answers that a filing needs; ``form`` is the same
    with titles, sections and hints for people. Both null: no dossiers here, ``obstacle`` says why."""

    code: str
    name: Text
    edition: UUID
    number: int
    in_force_from: date
    in_force_until: date | None
    next_edition_from: date | None
    field: str
    levels: tuple[str, ...]
    subjects: tuple[str, ...]
    online: str | None
    law: tuple[str, ...]
    channels: dict[str, tuple[Channel, ...]]
    papers: tuple[Paper, ...]
    steps: list[StepShown]
    results: tuple[Result, ...]
    obstacle: str
    form: dict[str, Any] | None
    schema: dict[str, Any] | None


class AgencyShown(Struct, frozen=True):
    """An agency by its code."""

    code: str
    name: Text


class AgencyList(Struct, frozen=True):
    """Agencies by code."""

    items: list[AgencyShown]


class Found(Struct, frozen=True):
    """A procedure that a question is about; a higher score is better."""

    code: str
    name: str
    score: float


class FoundList(Struct, frozen=True):
    """The best answers first."""

    items: list[Found]


class PostShown(Struct, frozen=True):
    """An agency where an officer may act, and as what."""

    agency: AgencyShown
    roles: list[str]


class Token(Struct, frozen=True):
    """Send it as ``Authorization: Bearer``. ``posts``: what an officer may name in ``X-Agency``."""

    token: str
    token_type: str
    expires_in: int
    kind: str
    posts: list[PostShown]


class Uploaded(Struct, frozen=True):
    """A kept file. ``file`` names it in filings of the account that sent it."""

    file: str
    sha256: str
    size: int
    media_type: str


class Position(Struct, frozen=True):
    """Where a dossier stands. ``seq`` is what ``If-Match`` or ``seen`` answers with."""

    code: str
    state: str
    state_name: Text
    national_state: int
    step: str
    step_name: Text | None
    role: str
    officer: str | None
    received_at: datetime | None
    due_at: datetime | None
    step_due_at: datetime | None
    seq: int


class Happened(Struct, frozen=True):
    """One fact of the timeline; ``by`` is citizen, officer or system, ``note`` what was told with it."""

    seq: int
    name: str
    title: Text
    at: datetime
    by: str
    note: str


class Offer(Struct, frozen=True):
    """A move from this state; ``refusal`` says why it is not open to you now, null when it is."""

    verb: str
    name: Text
    refusal: Problem | None


class PaperShown(Struct, frozen=True):
    """A file of the dossier; ``source``: where the State had it, empty when somebody brought it."""

    paper: str
    label: str
    sha256: str
    size: int
    media_type: str
    added_at: datetime
    source: str


class Colleague(Struct, frozen=True):
    """An officer to whom the step can be assigned."""

    id: UUID
    name: str


class Dossier(Struct, frozen=True):
    """A dossier for its filer, or for an officer of its agency. ``exits``: the actions of ``pass_on`` from this step."""

    position: Position
    procedure: str
    procedure_name: Text
    edition: UUID
    agency: AgencyShown
    channel: str
    owner: str
    submitted_at: datetime
    explanation: Text | None
    answers: dict[str, Any]
    papers: list[PaperShown]
    timeline: list[Happened]
    moves: list[Offer]
    exits: dict[str, str]
    colleagues: list[Colleague]


class Waiting(Struct, frozen=True):
    """A row of a list of dossiers; ``burning`` is overdue, soon, later or null without a due date."""

    position: Position
    procedure: str
    procedure_name: Text
    owner: str
    submitted_at: datetime
    burning: str | None


class Worklist(Struct, frozen=True):
    """A page of dossiers; ``next`` is the ``after`` of the next page, null on the last."""

    items: list[Waiting]
    next: str | None


class OpinionShown(Struct, frozen=True):
    """What one agency asks another about a dossier; ``agrees`` is null until it was answered."""

    id: UUID
    dossier: str
    procedure: str
    procedure_name: Text
    title: str
    question: str
    asked_by: AgencyShown
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    agrees: bool | None
    answer: str


class OpinionList(Struct, frozen=True):
    """Questions that wait for an answer."""

    items: list[OpinionShown]


class Status(Struct, frozen=True):
    """What anybody who knows the code may know: nothing about any person."""

    code: str
    procedure: str
    procedure_name: Text
    agency: AgencyShown
    state: str
    state_name: Text
    national_state: int
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None


class Verified(Struct, frozen=True):
    """A result that this node issued; compare ``holder_initials`` and ``sha256`` with the paper or file at hand.

    ``state`` today: issued, suspended, revoked, replaced, expired. ``valid_until`` null: without end where
    ``validity_known``, unknown otherwise. ``signed_by`` empty: the document is not signed. ``granted`` false: a refusal.
    """

    number: str
    title: str
    agency: AgencyShown
    holder_initials: str
    issued_at: datetime
    sha256: str | None
    handed_over: bool
    granted: bool
    state: str
    valid_from: date
    valid_until: date | None
    validity_known: bool
    replaced_by: str
    signed_by: str


class Credential(Struct, frozen=True):
    """A result as a W3C Verifiable Credential 2.0, signed as a JWT (``typ: vc+jwt``); see ``/.well-known/did.json``."""

    credential: str
