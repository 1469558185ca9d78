"""Tables of re-organisations: the plan and how far it got, and every row it moved, so that it can be undone."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id

PLANNED, RUNNING, DONE, UNDOING, UNDONE = "planned", "running", "done", "undoing", "undone"
STATES = {
    PLANNED: "Chờ đến ngày",
    RUNNING: "Đang thực hiện",
    DONE: "Đã thực hiện",
    UNDOING: "Đang hoàn lại",
    UNDONE: "Đã hoàn lại",
}


class Reorganisation(models.Model):
    """One plan, carried out once. ``before`` is what its agencies, codes and posts were, by table and id."""

    id = models.UUIDField(primary_key=True, default=new_id)
    on = models.DateField()
    decision = models.TextField()
    plan = models.JSONField()
    state = models.TextField(default=PLANNED)
    before = models.JSONField(default=dict)
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="reorganisation_state"),
            models.UniqueConstraint(  # two at once would undo each other's rows
                "state", name="reorganisation_one_at_a_time", condition=Q(state__in=[RUNNING, UNDOING])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.on}"


class Moved(models.Model):
    """A dossier, or what goes along with an agency, that went from one to another."""

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="moved")
    kind = models.TextField()  # "dossier" or what `actions.running.ALONG` names
    thing = models.UUIDField()
    sender = models.UUIDField()
    receiver = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint("reorganisation", "kind", "thing", name="moved_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
