"""Conditions of exits: what they may ask about a dossier, and whether one holds. Pure, and closed: unsure is no.

Beside the fields of the form a condition knows the names in `NAMES`. Those in `COUNTED` change while a dossier is on its
way, and are asked for only where a condition reads them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.forms.expressions import Expression, compiled
from motcua.processes.definition import Step
from motcua.processes.ways import exits

NAMES = {
    "dossier.channel": "string",
    "dossier.return_by": "string",
    "dossier.on_behalf": "bool",
    "dossier.supplements": "int",  # how often a supplement was asked
    "opinions.open": "int",
    "opinions.agreed": "int",
    "opinions.against": "int",
}
OPTIONS = {"dossier.channel": ("online", "direct", "postal"), "dossier.return_by": ("online", "counter", "post")}
COUNTED = frozenset({"dossier.supplements", "opinions.open", "opinions.agreed", "opinions.against"})


def nothing(_name: str) -> None:
    """A count that nobody knows: what a condition asks of it does not hold."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a condition can ask about one dossier. ``counted`` gives the number behind a name of `COUNTED`."""

    form: Mapping[str, Any]
    answers: Mapping[str, Any]
    channel: str = ""
    return_by: str = ""
    on_behalf: bool = False
    counted: Callable[[str], int | None] = nothing

    def hold(self, when: str) -> bool:
        """Whether the condition holds; an empty one always does, one that can't be read never."""
        if not when:
            return True
        try:
            found = condition(when, self.form)
        except DefinitionError:
            return False
        known = {
            "dossier.channel": self.channel,
            "dossier.return_by": self.return_by,
            "dossier.on_behalf": self.on_behalf,
        }
        return found.holds({**self.answers, **known, **{name: self.counted(name) for name in found.names & COUNTED}})


def condition(when: str, form: Mapping[str, Any]) -> Expression:
    """The condition, compiled against this form. Raises `DefinitionError` with one short problem."""
    return compiled(when, form, NAMES)


def automatic_action(step: Step, circumstances: Circumstances) -> str:
    """The action of an automatic step whose condition holds, else the one without a condition; empty for neither."""
    return next((action for action, way in exits(step).items() if circumstances.hold(way.when)), "")
