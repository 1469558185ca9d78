"""Facts of a survey, in the stream ``survey:<id>``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody, or the clock, wants the report anew."""

    catalogue_version: int


@dataclass(frozen=True, slots=True)
class Finished:
    catalogue_version: int
    procedures: int
    lines_by_result: int
    lines_by_register: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """``problem`` is the kind of error, nothing that a person wrote."""

    problem: str
