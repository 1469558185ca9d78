"""Table of opinions."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Officer


class Opinion(models.Model):
    """A question of one agency to another about a dossier, due by the clock of who is asked, and the answer.

    ``opinion`` is its name in the edition, empty where an officer asked on his own.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="opinions")
    opinion = models.TextField(blank=True)
    title = models.TextField()
    question = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="opinions_asked")
    asked_by = models.ForeignKey(Agency, models.PROTECT, related_name="opinions_wanted")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)
    answer = models.TextField(blank=True, default="")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                "agency", "due_at", name="opinion_worklist", condition=Q(answered_at=None, withdrawn_at=None)
            ),
            models.Index("agency", "answered_at", name="opinion_answered", condition=Q(answered_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (Q(agrees__isnull=False, officer__isnull=False) & ~Q(answer="")),
                name="opinion_answered_whole",
            ),
            models.UniqueConstraint(
                "dossier",
                "agency",
                "opinion",
                name="opinion_open_once",
                condition=Q(answered_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def late(self, at: datetime) -> bool:
        """Whether the answer came after its appointment, or has not come by then."""
        return self.due_at < (self.answered_at or self.withdrawn_at or at)
