"""Every read of the vault worth a name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from motcua.base.errors import Refused
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition, Paper
from motcua.vault import rules
from motcua.vault.models import Version
from motcua.vault.rules import Evidence, Offer
from motcua.vault.states import CERTIFIED_COPY, REFUSAL, TRUSTS, Trust

MOST = 1000  # versions of one holder that are read at once


@dataclass(frozen=True)
class Held:
    """A version with what its result says of it now."""

    version: Version

    @property
    def trust(self) -> Trust:
        """How far it can be trusted, as of now."""
        result = self.version.result
        if result is None:
            return Trust.UNSIGNED if self.version.source.startswith(rules.FROM_REGISTER) else Trust.ACCEPTED
        return Trust.CERTIFIED if result.kind == CERTIFIED_COPY else Trust.UNSIGNED

    @property
    def sha256(self) -> str:
        """The content, by its hash; empty while a register has it and we do not."""
        version = self.version
        return (version.result.file_id if version.result else version.file_id) or ""

    @property
    def kind(self) -> str:
        """The code of results; empty for a paper that a person filed."""
        return self.version.result.kind if self.version.result else self.version.kind

    @property
    def valid_until(self) -> date | None:
        """The last day it holds, None where nothing says."""
        return None

    def proof(self, on: date) -> bool:  # noqa: ARG002
        """Whether it proves anything on a day: no letter that says no, nothing in another's name, nothing ended."""
        result = self.version.result
        if result is None:
            return True
        if result.template == REFUSAL or result.handed_over_at is None:
            return False
        holder = self.version.item.citizen
        return holder is None or fold(result.holder_name) == holder.folded_name


def offers(holder: UUID, definition: Definition, *, on: date) -> dict[str, list[Offer]]:
    """What the holder has for the papers of an edition, by code of the paper, the surest and newest first.

    Only papers for which there is something. One query, none where the edition asks for nothing that is known.
    """
    wanted = [paper for paper in definition.papers if paper.known_from]
    kept = [each for each in current(held(holder)) if each.proof(on)] if wanted else []
    kept.sort(key=lambda each: (each.trust, each.version.at), reverse=True)
    found = {paper.code: [_offer(each) for each in kept if _answers(each, paper)] for paper in wanted}
    return {code: offered for code, offered in found.items() if offered}


def must_prove(item: UUID, paper: Paper, holder: UUID, *, on: date) -> Evidence:
    """What the paper rests on when the holder uses the offer ``item`` for it. One query.

    Raises `Refused` ``reuse_not_yours`` (nobody's, or somebody else's), ``reuse_not_in_force`` (ended, refused, in
    another's name, or a newer version is there), ``reuse_other_kind``, ``reuse_not_fetched``.
    """
    mine = held(holder)
    return _proved(next((each for each in mine if each.version.id == item), None), mine, paper, on)


def prove(papers: Iterable[tuple[str, Paper]], holder: UUID, *, on: date) -> list[Evidence]:
    """As `must_prove` for each pair of an `Evidence.source` and its paper, in their order. One query for all."""
    mine = held(holder)
    by_source = {each.version.source: each for each in mine}
    return [_proved(by_source.get(source), mine, paper, on) for source, paper in papers]


def held(holder: UUID | str) -> list[Held]:
    """Every version in a vault, newest first, at most `MOST`. One query."""
    found = Version.objects.filter(Q(item__citizen=holder) | Q(item__organisation=holder))
    found = found.select_related("item__citizen", "result__agency", "agency").defer("result__content")
    return [Held(version) for version in found.order_by("-at", "-id")[:MOST]]


def current(versions: Sequence[Held]) -> list[Held]:
    """Of each item what came last, all files of it."""
    last: dict[UUID, Held] = {}
    for each in versions:
        last.setdefault(each.version.item_id, each)
    return [each for each in versions if each.version.at == last[each.version.item_id].version.at]


def by_item(versions: Sequence[Held]) -> dict[UUID, list[Held]]:
    """The versions of each item, in the same order."""
    found: dict[UUID, list[Held]] = defaultdict(list)
    for each in versions:
        found[each.version.item_id].append(each)
    return dict(found)


def _proved(found: Held | None, mine: Sequence[Held], paper: Paper, on: date) -> Evidence:
    if found is None:
        raise Refused("reuse_not_yours")
    version = found.version
    if not found.proof(on) or found not in current(mine):
        raise Refused("reuse_not_in_force", title=version.item.title, number=version.number)
    if not _answers(found, paper):
        raise Refused("reuse_other_kind", title=version.item.title, paper=paper.name)
    if not found.sha256:
        raise Refused("reuse_not_fetched", title=version.item.title)
    return Evidence(version.source, version.number, found.sha256, _label(version))


def _answers(each: Held, paper: Paper) -> bool:
    return rules.answers_for(paper, kind=each.kind, title=each.version.item.title, source=each.version.source)


def _label(version: Version) -> str:
    return f"{version.item.title} ({version.number})"


def _offer(each: Held) -> Offer:
    version = each.version
    agency = version.result.agency if version.result else version.agency
    at = version.result.issued_at if version.result else version.at
    return Offer(
        item=version.id,
        title=version.item.title,
        number=version.number,
        source=version.source,
        trust=TRUSTS[each.trust],
        agency=agency.name if agency else version.agency_name,
        issued_on=local(at).date(),
        valid_until=each.valid_until,
        sha256=each.sha256,
    )
