"""What comes into the API: bodies and queries. Unknown names are refused; every text has its limit."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

Word = Annotated[str, Meta(max_length=100)]
Line = Annotated[str, Meta(max_length=300)]
Reason = Annotated[str, Meta(max_length=4000)]
Size = Annotated[int, Meta(ge=1, le=100)]


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all of them share: names given once, and only known ones."""


class Browse(Asked, kw_only=True):
    """Filters of the catalogue, codes as the catalogue gives them; ``agency`` is a part of the name."""

    field: Line = ""
    level: Word = ""
    subject: Word = ""
    life_event: Word = ""
    agency: Line = ""
    ministry: Line = ""
    after: Annotated[str, Meta(max_length=2000)] = ""
    size: Size = 20


class Question(Asked, kw_only=True):
    """A search: words, a whole question or a code, with or without accents."""

    q: Annotated[str, Meta(max_length=500)] = ""
    limit: Annotated[int, Meta(ge=1, le=50)] = 10
    life_event: Word = ""
    agency: Line = ""
    field: Line = ""
    level: Word = ""
    subject: Word = ""


class WorklistQuery(Asked, kw_only=True):
    """Filters of a worklist. ``text``: a name, a code or its beginning, or an identity number."""

    state: Word = ""
    procedure: Word = ""
    role: Word = ""
    mine: bool = False
    due: Literal["", "overdue", "soon", "later"] = ""
    text: Word = ""
    after: Annotated[str, Meta(max_length=300)] = ""


class Verification(Asked, kw_only=True):
    """What stands below the QR code of a result."""

    number: Annotated[str, Meta(min_length=1, max_length=80)]
    code: Annotated[str, Meta(min_length=1, max_length=20)]


class Login(Asked, kw_only=True):
    """A login name or identity, and the password."""

    login: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]


class Filed(Asked, kw_only=True):
    """What is filed for one paper of the edition (``khac`` for any other): an uploaded file (``file`` of the upload), or
    the ``source`` of what the filer's vault has, proven when it is filed. With both, they must be the same file.
    """

    paper: Word
    file: Annotated[str, Meta(max_length=200)] = ""
    label: Line = ""
    source: Annotated[str, Meta(max_length=200)] = ""


class Owner(Asked, kw_only=True):
    """Chủ hồ sơ, where that is not the one who files."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    identity_number: Annotated[str, Meta(max_length=20)] = ""
    phone: Annotated[str, Meta(max_length=20)] = ""


class OnBehalf(Owner, kw_only=True):
    """For whom a citizen files, and on what ``basis`` (authorisation, guardianship)."""

    basis: Annotated[str, Meta(min_length=1, max_length=200)]


class Submission(Asked, kw_only=True):
    """A filing. Name the procedure (its edition of today counts) or one edition. Citizens file online; officers at the
    counter file ``direct`` or ``postal`` for an ``owner``."""

    agency: Word
    answers: dict[str, Any]
    procedure: Word = ""
    edition: UUID | None = None
    channel: Literal["", "online", "direct", "postal"] = ""
    papers: Annotated[list[Filed], Meta(max_length=40)] = []
    return_by: Literal["online", "counter", "post"] = "online"
    owner: Owner | None = None
    on_behalf_of: OnBehalf | None = None


class Move(Asked, kw_only=True):
    """A move without more to say. ``seen``: the ``seq`` of the dossier as you saw it, or send ``If-Match``."""

    seen: Annotated[int, Meta(ge=0, le=1_000_000_000)] | None = None


class Reasoned(Move, kw_only=True):
    """A move that needs a reason, which the citizen reads."""

    reason: Reason


class AskSupplement(Reasoned, kw_only=True):
    """Which papers are asked for (codes of the edition; none when answers are meant), and why."""

    papers: Annotated[list[Word], Meta(max_length=60)] = []


class Supplement(Move, kw_only=True):
    """The files that answer the request."""

    papers: Annotated[list[Filed], Meta(max_length=40)] = []


class Assign(Move, kw_only=True):
    """To whom: an id from ``colleagues`` of the dossier."""

    officer: UUID


class PassOn(Move, kw_only=True):
    """By which exit of the step (``exits`` of the dossier)."""

    action: Word
    note: Reason = ""


class Correct(Reasoned, kw_only=True):
    """All answers anew, and why."""

    answers: dict[str, Any]


class ChooseReturn(Move, kw_only=True):
    """How the result is to come; by post, where to."""

    how: Literal["online", "counter", "post"]
    address: Line = ""


class DoTask(Move, kw_only=True):
    """Which piece of work of the step was done."""

    task: Word


class AskOpinion(Move, kw_only=True):
    """The question to another agency. ``opinion`` names one that the step foresees; else ``agency`` (a code) and
    ``hours`` (working) are needed."""

    question: Annotated[str, Meta(min_length=1, max_length=4000)]
    opinion: Word = ""
    agency: Word = ""
    hours: Annotated[float, Meta(gt=0, le=2000)] | None = None


class WithdrawOpinion(Reasoned, kw_only=True):
    """Which question is taken back, and why."""

    opinion: UUID


class AnswerOpinion(Asked, kw_only=True):
    """The answer of the agency that was asked."""

    agrees: bool
    answer: Annotated[str, Meta(min_length=1, max_length=4000)]


class AskPayment(Reasoned, kw_only=True):
    """How much, in đồng, and whether it is a ``fee`` (phí) or a ``charge`` (lệ phí)."""

    amount_vnd: Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
    kind: Literal["fee", "charge"] = "fee"


class Extend(Reasoned, kw_only=True):
    """The new appointment, with its zone."""

    until: Annotated[datetime, Meta(tz=True)]


class Decide(Move, kw_only=True):
    """Granted or refused; a refusal needs its reason."""

    granted: bool
    reason: Reason = ""


class Transfer(Reasoned, kw_only=True):
    """The code of the agency that takes it over."""

    agency: Word


class HandOver(Move, kw_only=True):
    """How the result was given, where other than the filer had chosen."""

    how: Literal["", "online", "counter", "post"] = ""


class Close(Move, kw_only=True):
    """Put away."""

    note: Reason = ""
