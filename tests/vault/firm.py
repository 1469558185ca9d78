"""An organisation, who represents it, and who did before."""

from datetime import timedelta

from motcua import wiring
from motcua.base.actor import SYSTEM, Actor
from motcua.base.cursors import run_until_read
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Owner
from motcua.filing.actions import submit
from motcua.people import actions as people
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import citizen_actor
from tests.node import Node

HOUR = timedelta(hours=1)
TAX_CODE = "0100109106"
BEHALF = {"name": "Công ty Hoa Sen", "identity_number": "0100 109 106", "basis": "Người đại diện theo pháp luật"}


def person(login: str) -> Citizen:
    return Citizen.objects.get(account__login=login)


def hung() -> Actor:
    return citizen_actor(person("chu.hung"))


def firm_of(node: Node, login: str = "me.lan") -> Organisation:
    """An organisation that this person represents from now on; nobody else does any more."""
    found = Organisation.objects.filter(tax_code=TAX_CODE).first()
    found = found or people.register_organisation(TAX_CODE, "Công ty Hoa Sen", by=SYSTEM, at=node.noon)
    people.name_representative(found, person(login), by=SYSTEM, at=node.noon)
    return found


def filed_for(node: Node, by: Actor | None = None, **changes: object) -> Dossier:
    """A filing by its tax code."""
    owner = Owner("Công ty Hoa Sen", TAX_CODE, "0900000101")
    given = {"owner": owner, "on_behalf_of": dict(BEHALF)} | changes
    return submit(node.filing(**given), by=by or node.mother, at=node.noon)


def granted(node: Node, dossier: Dossier, yes: bool = True) -> None:
    """From reception to the hand-over, and everything that follows by itself."""
    noon = node.noon
    actions.receive(dossier.id, by=node.reception, at=noon + HOUR)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=noon + 2 * HOUR)
    actions.decide(dossier.id, yes, by=node.approver, at=noon + 3 * HOUR, reason="" if yes else "Thiếu")
    run_until_read(wiring.SUBSCRIBERS)
    actions.hand_over(dossier.id, by=node.reception, at=noon + 4 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
