"""What the State has already of the person at the counter, for this procedure: the officer sees it, and uses it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as now_

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.dossiers.actions.moving import vault_for
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import open_supplement
from motcua.dossiers.rules import Attached
from motcua.dossiers.states import State
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import represents
from motcua.people.states import DECLARED
from motcua.sites.desk.asking import id_in
from motcua.sites.desk.intake import MAX_FILES, VAULT, Counter
from motcua.sites.frame.refusals import said
from motcua.sites.frame.reused import offer_words
from motcua.vault import actions as vault
from motcua.vault.queries import must_prove, offers

PURPOSE = "reusing"
AGAIN = 24 * 3600  # seconds for which one recorded look serves the same filing


def open_vault(counter: Counter, whose: Citizen | Organisation, *, by: Actor, at: datetime) -> None:
    """Show what this person or organisation has for this procedure. Nothing of an account that nobody verified.

    Effects: the look is a fact that the holder sees; registers that the edition names are asked.
    """
    if isinstance(whose, Citizen) and whose.verification == DECLARED:
        return
    definition = counter.plan.definition
    vault.look(whose.id, PURPOSE, procedure=definition.procedure, by=by, at=at)
    if vault.ask_registers(whose.id, definition, by=by, at=at):
        counter.note = f"{counter.note} {now_('Có cơ sở dữ liệu chưa trả lời: giấy tờ vẫn nhận như thường.')}".strip()
    counter.holder = whose.id
    counter.offers = offers(whose.id, definition, on=local(at).date())


def reopen(counter: Counter, post: Mapping[str, str], at: datetime) -> None:
    """Show again what was looked at for this very filing; an organisation's while who stands there represents it."""
    try:
        filing, holder, person = signing.loads(post.get(VAULT, ""), salt=VAULT, max_age=AGAIN)
    except (signing.BadSignature, ValueError):
        return
    if filing == str(counter.id) and (not person or represents(person, holder)):
        counter.holder, counter.person = UUID(holder), UUID(person) if person else None
        counter.offers = offers(counter.holder, counter.plan.definition, on=local(at).date())


def take(counter: Counter, chosen: str, *, by: Actor, at: datetime) -> None:
    """Put what was chosen among the papers of the filing; why not stands at its paper.

    Effects: fetches the file from the register that has it.
    """
    code, _, text = chosen.partition(":")
    item = id_in(text)
    paper = next((each for each in counter.plan.definition.papers if each.code == code), None)
    if item is None or paper is None or counter.holder is None or len(counter.papers) >= MAX_FILES:
        return
    try:
        if item in {each.item for each in counter.offers.get(code, ())}:
            vault.fetch(item, by=by, at=at)
        found = must_prove(item, paper, counter.holder, on=local(at).date())
    except Refused as no:
        words = said(no)
        counter.wrong[code] = f"{words.what} {words.do}"
        return
    if found.source not in {each.source for each in counter.papers if each.paper == code}:
        counter.papers.append(Attached(code, found.sha256, found.label, found.source))


def may_look(standing: Standing, by: Actor) -> bool:
    """Whether the counter waits for a paper that the State may have of the one who filed for himself, or of the
    organisation that he or she represents today."""
    dossier = standing.dossier
    if "reception" not in by.roles or standing.state not in {State.RETURNED, State.SUPPLEMENTING}:
        return False
    asked = open_supplement(dossier) if vault_for(dossier, by) else None
    known = {paper.code for paper in plan(dossier.edition_id).definition.papers if paper.known_from}
    return bool(asked and known & set(asked.papers))


def had_for(standing: Standing, *, by: Actor, at: datetime) -> dict[str, list[tuple[str, str]]]:
    """What the filer has for the papers that were asked for, as choices. Effects: the look is a fact."""
    holder, definition = vault_for(standing.dossier, by), plan(standing.dossier.edition_id).definition
    if holder is None or not may_look(standing, by):
        return {}
    vault.look(holder, PURPOSE, procedure=definition.procedure, by=by, at=at)
    found = offers(holder, definition, on=local(at).date())
    return {code: [(str(each.item), offer_words(each)) for each in had] for code, had in found.items()}


def taken(standing: Standing, chosen: Mapping[str, UUID], *, by: Actor, at: datetime) -> list[Attached]:
    """What was chosen of it, by code of the paper. Raises as `vault.queries.must_prove`; `Refused`
    ``reuse_without_holder``."""
    holder, papers = vault_for(standing.dossier, by), plan(standing.dossier.edition_id).definition.papers
    if chosen and holder is None:
        raise Refused("reuse_without_holder")
    kept = []
    for paper in papers:
        if holder is not None and (item := chosen.get(paper.code)):
            vault.fetch(item, by=by, at=at)
            found = must_prove(item, paper, holder, on=local(at).date())
            kept.append(Attached(paper.code, found.sha256, found.label, found.source))
    return kept
