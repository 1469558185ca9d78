"""Asking a connected register, and taking over what it has. The calls go out before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import files, ledger
from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.base.text import clean
from motcua.base.wires import provider
from motcua.catalogue.definition import Definition
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import represents
from motcua.people.states import DECLARED
from motcua.vault import events, rules
from motcua.vault.models import Item, Version, item_id
from motcua.vault.ports import BY_CITIZEN, BY_OFFICER, Document, Question, RegisterFailed, Registers
from motcua.vault.queries import held, version_of
from motcua.vault.states import REGISTER

MOST_DOCUMENTS = 50  # of one answer


def ask_registers(holder: UUID | str, definition: Definition, *, by: Actor, at: datetime) -> list[str]:
    """Ask each register that the edition names what it has of the holder; what it names is offered from now on.

    Call it outside a transaction. Returns the codes of registers that did not answer: the paper is then asked for as
    ever. Nobody is asked about, or by, a person who did not prove who he or she is; about an organisation, by tax code,
    only who represents it. Effects: items, and a fact for each register that answered.
    """
    registers = provider(Registers)
    named = sorted(rules.registers_named(definition.papers) & set(registers))
    whose = _whose(holder, by) if named else None
    if whose is None:
        return []
    failed = []
    for code in named:
        question = _question(whose, definition, code, by)
        try:
            found = registers[code].find(question)
        except RegisterFailed:
            failed.append(code)
        else:
            _keep(whose, question, code, found[:MOST_DOCUMENTS], by=by, at=at)
    return failed


@dataclass(frozen=True, slots=True)
class _Whose:
    """About whom a register is asked: the column of `Item` for the holder, the holder's number, and the asker's."""

    column: str
    id: UUID
    number: str
    asker: str


def _whose(holder: UUID | str, by: Actor) -> _Whose | None:
    proven = Citizen.objects.exclude(verification=DECLARED).exclude(identity_number=None)
    who = proven.filter(pk=by.id if by.kind == "citizen" else holder).first()
    if who is not None and str(who.id) == str(holder):
        return _Whose("citizen", who.id, who.identity_number or "", who.identity_number or "")
    if by.kind == "citizen" and not (who and represents(who.id, holder)):
        return None
    firm = Organisation.objects.filter(pk=holder).first()
    if firm is None:
        return None
    return _Whose("organisation", firm.id, firm.tax_code, (who.identity_number if who else "") or firm.tax_code)


def confirm(sources: Iterable[str], holder: UUID | None, definition: Definition, *, by: Actor, at: datetime) -> None:
    """Ask again about what was taken from registers, just before it is filed: what they name no more, or have otherwise
    now, is refused then. Call it outside a transaction. Raises as `fetch`."""
    taken = {source for source in sources if source.startswith(rules.FROM_REGISTER)}
    if not taken or holder is None:
        return
    ask_registers(holder, definition, by=by, at=at)
    for each in held(holder):
        if each.version.source in taken:
            fetch(each.version.id, by=by, at=at)


def fetch(version: UUID, *, by: Actor, at: datetime) -> None:
    """Take over the file that a register has for a document now, before it is used; anything else is there already.

    Call it outside a transaction. The file is looked at like every file from outside. Another content than before is
    a new version; where the register does not answer, the file it gave last stays. Raises `Refused`
    ``reuse_not_fetched``, `NotFound` ``item_unknown`` (also for a citizen in a vault of others), and as
    `base.files.store`.
    """
    found = version_of(version, by.id if by.kind == "citizen" else None).version
    if not found.address:
        return
    code = found.source.split(":")[1]
    try:
        content = provider(Registers)[code].fetch(found.address)
    except (RegisterFailed, KeyError):
        if found.file_id:
            return
        raise Refused("reuse_not_fetched", title=found.item.title) from None
    stored = files.store([content], at=at)
    with transaction.atomic():
        now = (
            found
            if Version.objects.filter(pk=version, file=None).update(file=stored)
            else _changed(found, stored, at)
        )
        if now:
            fetched = events.Fetched(str(found.item.holder), str(now.id), stored.sha256)
            ledger.append(f"fetched:{now.id}", [fetched], by=by, at=at)


def _changed(found: Version, stored: StoredFile, at: datetime) -> Version | None:
    """The new version where the register has another file for the document than it had; the old one stays, for the
    dossiers that rest on it."""
    before = Version.objects.select_for_update().filter(item=found.item_id).order_by("-at", "-id").first()
    if before is None or before.pk != found.pk or before.file_id == stored.pk:
        return None
    before.source = f"{rules.FROM_REGISTER}{found.source.split(':')[1]}:{new_id()}"
    before.id, before.file, before.at = item_id(found.item_id, before.source), stored, at
    before.save(force_insert=True)
    return before


def _question(whose: _Whose, definition: Definition, code: str, by: Actor) -> Question:
    kinds = {
        place for paper in definition.papers if f"{rules.FROM_REGISTER}{code}" in paper.known_from.split()
        for place in paper.known_from.split() if not place.startswith(rules.FROM_REGISTER) and place != "results"
    }  # fmt: skip
    officer = by.kind == "officer"
    asker, channel = (by.id, BY_OFFICER) if officer else (whose.asker, BY_CITIZEN)
    return Question(whose.number, asker, by.name, channel, definition.procedure, tuple(sorted(kinds)))


@transaction.atomic
def _keep(
    whose: _Whose, asked: Question, code: str, documents: Sequence[Document], *, by: Actor, at: datetime
) -> None:
    """One item for each document; asked again, its newest version is vouched for anew, at the address last told. What
    the register had of these kinds and names no more is vouched for by nobody."""
    holder, prefix = {f"{whose.column}_id": whose.id}, f"{rules.FROM_REGISTER}{code}:"
    known = Version.objects.filter(source__startswith=prefix, **{f"item__{whose.column}": whose.id})
    (known.filter(kind__in=asked.kinds) if asked.kinds else known).update(vouched_at=None)
    for each in documents:
        key = f"{prefix}{each.kind}:{each.number}"
        new = Item(id=new_id(), kind=REGISTER, key=key, title=clean(each.title)[:300], **holder)
        Item.objects.bulk_create([new], ignore_conflicts=True)
        item = Item.objects.get(key=key, **holder)
        # The source goes into facts, which are for ever: a number there may be the person's own, so it is none.
        source = f"{prefix}{item.id}"
        version = Version(
            id=item_id(item.id, source), item=item, source=source, number=each.number, label=each.file_name,
            kind=each.kind, agency_name=each.agency, address=each.address, at=at,
        )  # fmt: skip
        Version.objects.bulk_create([version], ignore_conflicts=True)
        newest = Version.objects.filter(item=item).order_by("-at", "-id").values("pk")[:1]
        Version.objects.filter(pk__in=newest).update(address=each.address, vouched_at=at)
    told = events.Asked(str(whose.id), code, asked.procedure, len(documents))
    ledger.append(f"asked:{new_id()}", [told], by=by, at=at, after=ledger.NOTHING)
