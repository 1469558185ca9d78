"""What happens to bills because of a dossier's facts, and to a dossier because of its bills' facts."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber
from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.charging import actions, queries
from motcua.dossiers.subscribers import dossier_id


def charge(facts: Sequence[Row]) -> None:
    """Whatever way it was filed, a dossier gets its bill; what is not known yet gets it when the council has decided."""
    for fact in facts:
        if fact.name == "dossiers.submitted":
            waiting = [dossier_id(fact)]
        else:
            waiting = queries.waiting_for_council(UUID(fact.data["agency"]), fact.data["procedure"])
        for each in waiting:
            with suppress(Refused):  # a fee that nobody knows: the desk reads why in the quote
                actions.charge(each, by=SYSTEM, at=fact.at)


def keep() -> None:
    """A replay finds every bill made already: there is nothing to empty."""


CHARGED = Subscriber("charging.charged", frozenset({"dossiers.submitted", "payments.council_fee_set"}), charge, keep)
