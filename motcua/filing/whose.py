"""Whose matter a filing is, and whose vault answers for its papers."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.base.actor import Actor
from motcua.catalogue.queries import plan
from motcua.dossiers.rules import Filing
from motcua.results.queries import represented
from motcua.vault.actions import confirm


def filer_of(filing: Filing, by: Actor) -> str:
    """Whose dossier it will be: of the citizen who files, or of the one who stands at the counter."""
    return by.id if by.kind == "citizen" else str(filing.filer or "")


def holder_of(filing: Filing, by: Actor) -> UUID | None:
    """The same as an id, None where no account files."""
    return UUID(filer) if (filer := filer_of(filing, by)) else None


def for_whom(filing: Filing, by: Actor) -> tuple[Filing, UUID | None]:
    """The filing with the organisation that its filer represents today, and whose vault answers for its papers. At most
    one query."""
    told = {key: value for key, value in (filing.on_behalf_of or {}).items() if key != "organisation"}
    if not told:
        return filing, holder_of(filing, by)
    whose = represented(holder_of(filing, by), told.get("identity_number", ""))
    return replace(filing, on_behalf_of=told | ({"organisation": str(whose)} if whose else {})), whose


def ask_again(filing: Filing, *, by: Actor, at: datetime) -> None:
    """Ask the registers that papers were taken from what they say now. Call it before `submit`, outside a transaction;
    raises as `vault.actions.confirm`."""
    sources = [each.source for each in filing.papers]
    if any(sources):
        confirm(sources, for_whom(filing, by)[1], plan(filing.edition).definition, by=by, at=at)
