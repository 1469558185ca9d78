"""Facts of supervision, in the stream of the dossier. ``after_minutes`` are working minutes at the step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reminded:
    step: str
    after_minutes: int


@dataclass(frozen=True, slots=True)
class Escalated:
    step: str
    role: str
    after_minutes: int
