"""Tables of what officers keep beside the dossiers. A dossier never depends on a row of these."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.catalogue.models import Edition
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Officer

RUN_STATES = {"waiting": "Chờ nhập", "done": "Đã nhập xong"}


class SavedView(models.Model):
    """A worklist an officer comes back to: its name and its query, as it stands in the address of the list.

    ``role``: everybody of this role at the agency sees it too; empty: its owner alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    officer = models.ForeignKey(Officer, models.PROTECT)
    name = models.TextField()
    query = models.TextField()
    role = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint("agency", "officer", "name", name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """A word among the officers of one agency about a dossier. It stays with the agency that wrote it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT)
    officer = models.ForeignKey(Officer, models.PROTECT)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("dossier", "agency", name="note_of_dossier")]

    def __str__(self) -> str:
        return str(self.id)


class WorkDone(models.Model):
    """How many moves an officer made at an agency on a local day: a reading of the ledger, kept by a subscriber."""

    agency = models.UUIDField()
    officer = models.UUIDField()
    day = models.DateField()
    moves = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("agency", "day", "officer", name="work_done_once")]

    def __str__(self) -> str:
        return f"{self.officer} {self.day}: {self.moves}"


class SheetRun(models.Model):
    """An Excel sheet of filings that goes in row by row. ``next_row`` is the first row not yet looked at (1: the first).

    ``filed`` went in, ``known`` had gone in before, ``wrong`` are told in `SheetFault`; together they are the rows read.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    officer = models.ForeignKey(Officer, models.PROTECT)
    edition = models.ForeignKey(Edition, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    name = models.TextField()
    receive = models.BooleanField()
    state = models.TextField(choices=list(RUN_STATES.items()), default="waiting")
    next_row = models.IntegerField()
    last_row = models.IntegerField()
    filed = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    wrong = models.IntegerField(default=0)
    sent_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("sent_at", name="sheet_run_waiting", condition=Q(state="waiting")),
            models.Index("agency", "-sent_at", name="sheet_run_of_agency"),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=list(RUN_STATES)), name="sheet_run_state_known")]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"


class SheetFault(models.Model):
    """A row of a sheet that did not go in, and why: ``faults`` are ``{column, kind, code, details}``, no values."""

    id = models.UUIDField(primary_key=True, default=new_id)
    run = models.ForeignKey(SheetRun, models.CASCADE, related_name="faults")
    row = models.IntegerField()
    faults = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("run", "row", name="sheet_fault_of_row")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.row}"
