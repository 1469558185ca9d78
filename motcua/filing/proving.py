"""Re-use is evidence: at the moment of filing the vault must prove every paper that nobody brought."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from motcua.base.errors import Refused
from motcua.catalogue.definition import Definition
from motcua.dossiers.rules import Attached
from motcua.vault import queries as vault


def proven(
    papers: Sequence[Attached], definition: Definition, holder: UUID | None, *, on: date
) -> tuple[Attached, ...]:
    """The papers as they are filed; those with a source get the content that the vault proves. One query for them all.

    ``holder``: whose vault it must be, None where no account files for itself. An empty ``sha256`` is filled in.
    Raises `Refused` as `vault.queries.prove`; ``reuse_without_holder``, ``reuse_other_kind``, ``reuse_other_file``.
    """
    reused = [each for each in papers if each.source]
    if not reused:
        return tuple(papers)
    if holder is None:
        raise Refused("reuse_without_holder")
    asked = {paper.code: paper for paper in definition.papers}
    if strange := [each.paper for each in reused if each.paper not in asked]:
        raise Refused("reuse_other_kind", title=reused[0].label, paper=strange[0])
    found = iter(vault.prove([(each.source, asked[each.paper]) for each in reused], holder, on=on))
    return tuple(_filed(each, next(found)) if each.source else each for each in papers)


def _filed(paper: Attached, evidence: vault.Evidence) -> Attached:
    if paper.sha256 not in {"", evidence.sha256}:
        raise Refused("reuse_other_file", title=evidence.label)
    return replace(paper, sha256=evidence.sha256, label=paper.label or evidence.label)
