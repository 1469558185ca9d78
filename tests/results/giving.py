"""Another signer of the ward, for tests of who signs instead."""

from datetime import timedelta

from motcua.base.actor import Actor
from motcua.people.models import Account, Officer, Post
from tests.node import DAY, Node, officer
from tests.signing.ca import Ring

DEPUTY, DEPUTY_NAME = "phochutich.hoasen", "Ngô Thị Hạnh"


def deputy(node: Node, ring: Ring, *, role: str = "approver", login: str = DEPUTY, name: str = DEPUTY_NAME) -> Actor:
    """Another signer of the ward, with a key."""
    account = Account.objects.create(login=login, created_at=node.noon)
    made = Officer.objects.create(account=account, full_name=name, title="Phó Chủ tịch")
    Post.objects.create(officer=made, agency=node.agency, role=role, valid_from=DAY - timedelta(days=30))
    ring.person(login, name)
    return officer(login, node.agency)
