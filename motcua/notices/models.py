"""Table of notices."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.people.models import Citizen


class Notice(models.Model):
    """One thing told to one citizen, once for each fact; ``link`` is a path of the portal."""

    id = models.UUIDField(primary_key=True, default=new_id)
    fact = models.UUIDField()
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
        constraints = [models.UniqueConstraint("fact", "citizen", name="notice_once")]

    def __str__(self) -> str:
        return self.title


class Follow(models.Model):
    """A person wants to hear of something that is not theirs; ``reference`` is the stream of a dossier.

    Who follows is told no more than the public page of the code shows, and only of what happened since.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="follows")
    reference = models.TextField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("reference", "citizen", name="follow_once"),
        ]

    def __str__(self) -> str:
        return self.reference
