"""The table of mandates."""

from django.db import models
from django.db.models import F, Q

from motcua.base.ids import new_id
from motcua.people.models import Citizen


class Mandate(models.Model):
    """Uỷ quyền: ``taker`` acts for ``giver`` in one matter, until the end of a day or until it is revoked.

    ``reference`` is the stream of a dossier: this part knows references, never dossiers.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    giver = models.ForeignKey(Citizen, models.PROTECT, related_name="mandates_given")
    taker = models.ForeignKey(Citizen, models.PROTECT, related_name="mandates_taken")
    reference = models.TextField()
    basis = models.CharField(max_length=300)
    may_withdraw = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="mandate_to_another"),
            models.UniqueConstraint("taker", "reference", name="mandate_once", condition=Q(revoked_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}: {self.reference}"
