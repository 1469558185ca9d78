"""The table of surveys: at most one is open at a time, held by the database."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import AsWritten

WAITING, RUNNING, READY, GIVEN_UP = "waiting", "running", "ready", "given_up"
STATES = {WAITING: "Chờ tính", RUNNING: "Đang tính", READY: "Đã tính xong", GIVEN_UP: "Không tính được"}
OPEN = (WAITING, RUNNING)
DEAD_SECONDS = 120


class Survey(models.Model):
    """One report. ``version`` is the catalogue's when it was begun, null before; ``day`` the one whose editions count.

    ``open`` is true while it waits or runs and null afterwards, so that its uniqueness lets one be open. ``holder`` is
    the process at work, ``beat_at`` its last sign of life. ``head`` stays; ``content`` and pictures only of the newest.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    state = models.TextField(choices=list(STATES.items()), default=WAITING)
    open = models.BooleanField(null=True, default=True, unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    version = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    holder = models.UUIDField(null=True)
    beat_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)  # each procedure twice: read, then compared
    ended_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="")
    head = AsWritten(null=True)
    content = AsWritten(null=True)
    picture = models.TextField(blank=True, default="")
    picture_narrow = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="survey_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, open=True) | Q(~Q(state__in=OPEN), open=None), name="survey_open"
            ),
        ]
        indexes = [models.Index(fields=["state", "-ended_at"], name="survey_newest")]

    def __str__(self) -> str:
        return f"{self.state} {self.version}"

    def stalled(self, at: datetime) -> bool:
        """Whether whoever works at it has given no sign of life for two minutes, or nobody has taken it for so long."""
        return bool(self.open) and (at - (self.beat_at or self.asked_at)).total_seconds() > DEAD_SECONDS
