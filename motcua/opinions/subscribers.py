"""What happens to opinions because of a dossier's facts."""

from collections.abc import Sequence

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.subscribers import dossier_id
from motcua.opinions import actions


def drop(facts: Sequence[Row]) -> None:
    """A dossier that was stopped or withdrawn needs no opinion."""
    for fact in facts:
        actions.drop_open(dossier_id(fact), at=fact.at)


def keep() -> None:
    """A replay withdraws again what is withdrawn already: there is nothing to empty."""


ENDED = Subscriber("opinions.ended", frozenset({"dossiers.stopped", "dossiers.withdrawn"}), drop, keep)
