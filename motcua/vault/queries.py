"""Every read of the vault worth a name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition, Paper
from motcua.people.models import Citizen, Membership
from motcua.people.queries import heirs, with_predecessors
from motcua.people.states import DECLARED
from motcua.results.queries import in_force
from motcua.vault import rules
from motcua.vault.models import Share, Version
from motcua.vault.rules import Evidence, Offer
from motcua.vault.states import ANSWER_HOLDS_DAYS, CERTIFIED_COPY, TRUSTS, Trust

OFFICERS = frozenset({"reception", "clerk", "head", "approver"})  # who works on dossiers
ANSWER_HOLDS = timedelta(days=ANSWER_HOLDS_DAYS)
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
            return self._trust_of_file
        if result.kind == CERTIFIED_COPY:
            return Trust.CERTIFIED
        return Trust.SIGNED if result.signed_by else Trust.UNSIGNED

    @property
    def _trust_of_file(self) -> Trust:
        if self.from_register:
            return Trust.UNSIGNED
        if self.version.compared:
            return Trust.COMPARED
        return Trust.ACCEPTED if self.version.vouched_at else Trust.UPLOADED

    @property
    def from_register(self) -> bool:
        """Whether a register named it."""
        return self.version.source.startswith(rules.FROM_REGISTER)

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
        return self.version.result.valid_until if self.version.result else None

    def proof(self, on: date) -> bool:
        """Whether it proves anything on a day: no letter that says no, nothing in another's name, nothing ended, nothing
        that its register, or who accepted it, stands for no more."""
        result = self.version.result
        if result is None:
            vouched = self.version.vouched_at
            holds = not self.from_register or (vouched and on <= local(vouched).date() + ANSWER_HOLDS)
            return bool(vouched and holds) or self.version.compared
        if not in_force(result, on) or result.handed_over_at is None:
            return False
        holder = self.version.item.citizen
        return holder is None or result.holder_folded == holder.folded_name


def offers(holder: UUID, definition: Definition, *, on: date) -> dict[str, list[Offer]]:
    """What the holder has for the papers of an edition, by code of the paper, the surest and newest first.

    Only papers for which there is something. One query, none where the edition asks for no paper.
    """
    kept = current(held(holder), on) if definition.papers else []
    kept.sort(key=lambda each: (each.trust, each.version.at), reverse=True)
    found = {paper.code: [_offer(each) for each in kept if answers(each, paper)] for paper in definition.papers}
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
    found = _versions().filter(Q(item__citizen=holder) | Q(item__organisation=holder))
    return [Held(version) for version in found.order_by("-at", "-id")[:MOST]]


def version_of(version: UUID, citizen: UUID | str | None = None) -> Held:
    """One version; with ``citizen`` only of a vault that this person may open. Raises `NotFound` ``item_unknown``."""
    found = _versions().filter(pk=version)
    if citizen is not None:
        found = found.filter(_open_to("item", citizen))
    one = found.first()
    if one is None:
        raise NotFound("item_unknown")
    return Held(one)


def item_of(item: UUID, citizen: UUID | str) -> list[Held]:
    """All versions of an item in a vault that this person may open, newest first. Raises `NotFound`
    ``item_unknown``."""
    found = _versions().filter(_open_to("item", citizen), item=item).order_by("-at", "-id")[:MOST]
    if not found:
        raise NotFound("item_unknown")
    return [Held(version) for version in found]


def share_of(share: UUID | str, citizen: UUID | str) -> Share:
    """A share of an item in a vault that this person may open. Raises `NotFound` ``share_unknown``."""
    found = Share.objects.filter(_open_to("version__item", citizen), pk=share).first()
    if found is None:
        raise NotFound("share_unknown")
    return found


def shares_of(item: UUID, *, on: date) -> list[Share]:
    """To whom an item shows on a day, newest first. One query."""
    found = _shares(on).filter(version__item=item).select_related("agency", "given_by")
    return list(found.order_by("-given_at"))


def share_to(share: UUID | str, by: Actor, *, on: date) -> Share:
    """A share that shows to ``by`` on a day: a verified person by number, an officer at the agency or its successor.

    Raises `NotFound` ``share_unknown``.
    """
    found = _shares(on).filter(pk=share).select_related("agency", "given_by").first()
    if found is None or not _shows(found, by):
        raise NotFound("share_unknown")
    return found


def shared_with_person(who: Citizen, *, on: date) -> list[Share]:
    """What others share with a person on a day, newest first, at most 200. One query, none without a proven number."""
    if who.verification == DECLARED or not who.identity_number:
        return []
    found = _shares(on).filter(identity_number=who.identity_number, agency=None)
    return list(found.select_related("version__item", "given_by").order_by("-given_at")[:200])


def shared_with_agency(agency: UUID | str, *, on: date) -> list[Share]:
    """What people share with an agency or with any that went into it, newest first, at most 200. One query, and one
    for each storey of those."""
    found = (
        _shares(on).filter(agency__in=with_predecessors(agency)).select_related("version__item", "given_by", "agency")
    )
    return list(found.order_by("-given_at")[:200])


def _versions() -> QuerySet[Version]:
    found = Version.objects.select_related(
        "item__citizen", "item__organisation", "result__agency", "result__replaced_by", "agency", "file"
    )
    return found.defer("result__content", "result__replaced_by__content")


def _open_to(item: str, citizen: UUID | str) -> Q:
    """The person's own vault, and those of the organisations that he or she acts for."""
    organisations = Membership.objects.filter(citizen=citizen).values("organisation")
    return Q(**{f"{item}__citizen": citizen}) | Q(**{f"{item}__organisation__in": organisations})


def _shares(on: date) -> QuerySet[Share]:
    return Share.objects.filter(revoked_at=None, until__gte=on)


def _shows(share: Share, by: Actor) -> bool:
    if by.kind == "officer" and share.agency is not None:
        return bool(by.roles & OFFICERS) and by.agency in {str(each.id) for each in heirs(share.agency)}
    if by.kind != "citizen" or not share.identity_number:
        return False
    proven = Citizen.objects.filter(pk=by.id, identity_number=share.identity_number)
    return proven.exclude(verification=DECLARED).exists()


def current(versions: Sequence[Held], on: date) -> list[Held]:
    """Of each item what came last of all that proves anything on the day, every file of it."""
    last: dict[UUID, Held] = {}
    proving = [each for each in versions if each.proof(on)]
    for each in proving:
        last.setdefault(each.version.item_id, each)
    return [each for each in proving if each.version.at == last[each.version.item_id].version.at]


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
    if found not in current(mine, on):
        raise Refused("reuse_not_in_force", title=version.item.title, number=version.number)
    if not answers(found, paper):
        raise Refused("reuse_other_kind", title=version.item.title, paper=paper.name)
    if not found.sha256:
        raise Refused("reuse_not_fetched", title=version.item.title)
    return Evidence(version.source, version.number, found.sha256, _label(version))


def answers(each: Held, paper: Paper) -> bool:
    """Whether it is the paper that is asked for. No query."""
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
