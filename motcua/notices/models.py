"""Table of notices."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.people.models import Citizen


class Notice(models.Model):
    """One thing told to one citizen, because of one fact; ``link`` is a path of the portal."""

    id = models.UUIDField(primary_key=True, default=new_id)
    fact = models.UUIDField(unique=True)
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="notices")
    title = models.TextField()
    title_en = models.TextField()
    body = models.TextField(blank=True)
    link = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["citizen", "-at"], name="notice_inbox"),
            models.Index("citizen", name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title
