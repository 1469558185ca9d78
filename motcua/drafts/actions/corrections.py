"""A correction being written, until it is sent."""

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.catalogue.queries import plan
from motcua.corrections.actions import correct
from motcua.corrections.rules import answers_sha256
from motcua.dossiers.models import Dossier, Standing
from motcua.drafts.models import Correcting
from motcua.forms import Fault


def save_correction(
    dossier: Dossier, section: str, answers: dict[str, Any], *, by: Actor, at: datetime
) -> dict[str, Fault]:
    """Keep the answers of one page of a correction, right or wrong, and return what is wrong with them."""
    with transaction.atomic():
        writing = correcting(dossier, by=by, at=at)
        form = plan(dossier.edition_id).form
        writing.answers = form.section(section).answered(writing.answers, answers)
        writing.saved_at = at
        writing.save()
        return form.check_section(section, writing.answers)


def correcting(dossier: Dossier, *, by: Actor, at: datetime) -> Correcting:
    """The correction that ``by`` writes, begun when there is none; anew where the answers were changed meanwhile."""
    by.must_have({"citizen"})
    now = answers_sha256(dossier.answers)
    found, _ = Correcting.objects.select_for_update().get_or_create(
        dossier=dossier,
        owner_id=by.id,
        defaults={"answers": dossier.answers, "before_sha256": now, "saved_at": at},
    )
    if found.before_sha256 != now:
        found.answers, found.before_sha256, found.saved_at = dossier.answers, now, at
        found.save()
    return found


def discard_correction(dossier: Dossier, *, by: Actor) -> None:
    """Throw away what was written of a correction."""
    Correcting.objects.filter(dossier=dossier, owner=by.id).delete()


def send_correction(dossier: Dossier, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Send the correction that was written. Raises as `corrections.actions.correct`."""
    with transaction.atomic():
        after = correct(dossier.id, correcting(dossier, by=by, at=at).answers, reason, by=by, at=at, seen=seen)
        discard_correction(dossier, by=by)
        return after
