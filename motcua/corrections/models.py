"""The table of corrections."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.dossiers.models import Dossier


class Correction(models.Model):
    """Answers changed after filing: at once before reception, by an officer's yes afterwards. ``before`` is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier", name="one_open_correction", condition=Q(decided_at=None)),
        ]

    def __str__(self) -> str:
        return self.reason
