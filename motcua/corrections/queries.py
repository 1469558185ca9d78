"""Every read of corrections worth a name."""

from datetime import datetime

from motcua.corrections.models import Correction
from motcua.dossiers.models import Dossier


def last_correction(dossier: Dossier) -> Correction | None:
    """The correction that was asked for last, answered or not; one query."""
    return Correction.objects.filter(dossier=dossier).order_by("-asked_at").first()


def corrected_at(dossier: Dossier) -> datetime | None:
    """When the answers last changed after filing; None when they are those that were filed. One query."""
    found = Correction.objects.filter(dossier=dossier, accepted=True).order_by("-decided_at")
    return found.values_list("decided_at", flat=True).first()
