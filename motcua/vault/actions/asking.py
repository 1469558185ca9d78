"""Asking a connected register, and taking over what it has. The calls go out before anything is written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import files, ledger
from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.base.text import clean
from motcua.base.wires import provider
from motcua.catalogue.definition import Definition
from motcua.people.models import Citizen
from motcua.people.states import DECLARED
from motcua.vault import events, rules
from motcua.vault.models import Item, Version, item_id
from motcua.vault.ports import BY_CITIZEN, BY_OFFICER, Document, Question, RegisterFailed, Registers
from motcua.vault.queries import version_of
from motcua.vault.states import REGISTER

MOST_DOCUMENTS = 50  # of one answer


def ask_registers(holder: UUID | str, definition: Definition, *, by: Actor, at: datetime) -> list[str]:
    """Ask each register that the edition names what it has of the holder; what it names is offered from now on.

    Call it outside a transaction. Returns the codes of registers that did not answer: the paper is then asked for as
    ever. Nobody is asked about a person who did not prove who he or she is. Effects: items, and a fact for each
    register that answered.
    """
    registers = provider(Registers)
    named = sorted(rules.registers_named(definition.papers) & set(registers))
    who = Citizen.objects.filter(pk=holder).exclude(verification=DECLARED).first() if named else None
    if who is None or not who.identity_number:
        return []
    failed = []
    for code in named:
        try:
            found = registers[code].find(_question(who, definition, code, by))
        except RegisterFailed:
            failed.append(code)
        else:
            _keep(who, code, definition.procedure, found[:MOST_DOCUMENTS], by=by, at=at)
    return failed


def fetch(version: UUID, *, by: Actor, at: datetime) -> None:
    """Take over the file of a document that a register named, before it is used; anything else is there already.

    Call it outside a transaction. The file is looked at like every file from outside. Raises `Refused`
    ``reuse_not_fetched``, `NotFound` ``item_unknown`` (also for a citizen in a vault of others), and as
    `base.files.store`.
    """
    found = version_of(version, by.id if by.kind == "citizen" else None).version
    if found.file_id or found.result_id:
        return
    code = found.source.split(":")[1]
    try:
        content = provider(Registers)[code].fetch(found.address)
    except (RegisterFailed, KeyError):
        raise Refused("reuse_not_fetched", title=found.item.title) from None
    stored = files.store([content], at=at)
    with transaction.atomic():
        if Version.objects.filter(pk=version, file=None).update(file=stored):
            fetched = events.Fetched(str(found.item.holder), str(version), stored.sha256)
            ledger.append(f"fetched:{version}", [fetched], by=by, at=at)


def _question(who: Citizen, definition: Definition, code: str, by: Actor) -> Question:
    kinds = {
        place for paper in definition.papers if f"{rules.FROM_REGISTER}{code}" in paper.known_from.split()
        for place in paper.known_from.split() if not place.startswith(rules.FROM_REGISTER) and place != "results"
    }  # fmt: skip
    officer = by.kind == "officer"
    asker = by.id if officer else who.identity_number or ""
    channel = BY_OFFICER if officer else BY_CITIZEN
    return Question(who.identity_number or "", asker, by.name, channel, definition.procedure, tuple(sorted(kinds)))


@transaction.atomic
def _keep(who: Citizen, code: str, procedure: str, documents: Sequence[Document], *, by: Actor, at: datetime) -> None:
    """One item for each document; asked again, the address is the last one told."""
    for each in documents:
        key = f"{rules.FROM_REGISTER}{code}:{each.kind}:{each.number}"
        new = Item(id=new_id(), citizen=who, kind=REGISTER, key=key, title=clean(each.title)[:300])
        Item.objects.bulk_create([new], ignore_conflicts=True)
        item = Item.objects.get(citizen=who, key=key)
        # The source goes into facts, which are for ever: a number there may be the person's own, so it is none.
        source = f"{rules.FROM_REGISTER}{code}:{item.id}"
        version = Version(
            id=item_id(item.id, source), item=item, source=source, number=each.number, label=each.file_name,
            kind=each.kind, agency_name=each.agency, address=each.address, at=at,
        )  # fmt: skip
        Version.objects.bulk_create([version], ignore_conflicts=True)
        Version.objects.filter(pk=version.id, file=None).update(address=each.address)
    asked = events.Asked(str(who.id), code, procedure, len(documents))
    ledger.append(f"asked:{new_id()}", [asked], by=by, at=at, after=ledger.NOTHING)
