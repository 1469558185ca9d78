"""Reasons for saying no. A refusal is raised with a code; the words a person reads are made at the face."""

from typing import Any


class Refused(Exception):
    """The act is not allowed, and nothing was written.

    ``code`` is a stable identifier (``"papers_missing"``); ``details`` are plain values that the sentence for the person
    is filled with. Every code has its Vietnamese and English sentence in ``sites/frame/refusals.py``; a test holds that.
    """

    status = 409

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value!r}" for key, value in self.details.items())
        return f"{self.code}({told})" if told else self.code


class Forbidden(Refused):
    """This person may not do this, whatever the state: wrong role or wrong agency. HTTP 403."""

    status = 403


class NotFound(Refused):
    """There is no such thing, or not for this person; the two are not told apart. HTTP 404."""

    status = 404


class Invalid(Refused):
    """What was given can't be read or breaks a rule of its form. HTTP 422. ``details`` may hold ``fields``."""

    status = 422


class Conflict(Refused):
    """Somebody else acted first. HTTP 409; load again and look."""


class DefinitionError(ValueError):
    """A definition (procedure, form, process, table of moves) contradicts itself; ``problems`` names each place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
