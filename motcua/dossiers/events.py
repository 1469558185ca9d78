"""Facts of a dossier's life, stream ``dossier:<id>``. Plain values; no name, number or answer of a person in them.

Moments are ISO 8601 in UTC. ``step`` is where the dossier stands afterwards, ``due_at`` what was promised, ``number``
what the letter of this fact is numbered (forms 02 to 05); empty in lives that were brought in.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Submitted:
    code: str
    procedure: str
    edition: str
    agency: str
    channel: str
    filed_by: str
    on_behalf: bool
    answers_sha256: str


@dataclass(frozen=True, slots=True)
class PaperAdded:
    """``source`` is the evidence of a paper that was re-used (see `rules.Attached`); older facts have none."""

    paper: str
    sha256: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A counter of the same province took it in for the competent agency (Nghị định 118/2025/NĐ-CP)."""

    counter: str
    name: str


@dataclass(frozen=True, slots=True)
class Received:
    step: str
    due_at: str | None
    counted_from: str


@dataclass(frozen=True, slots=True)
class RefusedToReceive:
    reason: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    papers: list[str]
    reason: str
    answer_by: str
    number: str = ""
    ordinal: int = 1  # the State counts a dossier as late from the second request on


@dataclass(frozen=True, slots=True)
class Supplemented:
    """``papers`` are ``code:sha256``, ``sources`` one for each of them, or none where all were brought."""

    papers: list[str]
    due_at: str | None
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Assigned:
    step: str
    officer: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    step: str
    before: str
    action: str
    note: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class TaskDone:
    step: str
    task: str


@dataclass(frozen=True, slots=True)
class PaymentAsked:
    amount_vnd: int
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentConfirmed:
    amount_vnd: int
    receipt: str
    due_at: str | None


@dataclass(frozen=True, slots=True)
class Extended:
    before: str
    due_at: str
    reason: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    granted: bool
    result: str
    reason: str
    step: str


@dataclass(frozen=True, slots=True)
class Stopped:
    reason: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """``owed_vnd``: what the law lets be paid later; older facts owe nothing."""

    how: str
    owed_vnd: int = 0


@dataclass(frozen=True, slots=True)
class Closed:
    note: str


@dataclass(frozen=True, slots=True)
class LeftAgency:
    receiver: str
    receiver_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivedAtAgency:
    """The other half of `LeftAgency`; ``due_at`` is what it was before."""

    sender: str
    sender_name: str
    due_at: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody read the dossier; stream ``look:<dossier>:<actor>:<day>``, one a day is enough."""

    dossier: str
    purpose: str
    agency: str = ""  # where the reader sat
