"""Reading in somebody else's vault. Every look is a fact that the holder sees."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid
from motcua.base.ids import new_id
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.vault.events import Looked
from motcua.vault.models import Share
from motcua.vault.queries import Held, share_to, version_of


def look(
    holder: UUID, purpose: str, *, version: UUID | None = None, procedure: str = "", by: Actor, at: datetime
) -> None:
    """Record that ``by`` read one version in a vault, or what it has for a procedure: that is for the counter alone.

    Raises `Forbidden` ``wrong_role``, `Invalid` ``purpose_missing``.
    """
    if procedure:
        by.must_have({"reception"})
    if not (why := clean(purpose)[:200]):
        raise Invalid("purpose_missing")
    looked = Looked(str(holder), str(version or ""), procedure, by.agency, why)
    ledger.append(f"look-vault:{holder}:{new_id()}", [looked], by=by, at=at, after=ledger.NOTHING)


@transaction.atomic
def shared_with(share: UUID | str, *, by: Actor, at: datetime) -> tuple[Share, Held]:
    """What was shared with ``by``, or with the agency ``by`` sits at, while it holds. Effects: the look is a fact.

    Raises `NotFound` ``share_unknown`` for everything else: nobody learns that it is there.
    """
    found = share_to(share, by, on=local(at).date())
    held = version_of(found.version_id)
    look(held.version.item.holder, f"shared: {found.purpose}", version=found.version_id, by=by, at=at)
    return found, held
