"""Tables of what officers keep beside the dossiers. A dossier never depends on a row of these."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.catalogue.models import Edition
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Officer

RUN_STATES = {"waiting": "Chờ nhập", "done": "Đã nhập xong"}
TICKET_STATES = {"waiting": "Đang chờ", "called": "Đã gọi", "served": "Đã phục vụ", "skipped": "Vắng mặt"}


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
            models.Index(fields=["agency", "-sent_at"], name="sheet_run_of_agency"),
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


class PaperCount(models.Model):
    """What was brought to the counter for one paper: originals, copies, pages; or only shown, and then nothing is kept.

    Source: Thông tư 01/2023/TT-VPCP Điều 8; papers that are only shown: Thông tư 03/2025/TT-VPCP Điều 5. ``pages`` null:
    not counted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="paper_counts")
    paper = models.TextField()
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    pages = models.SmallIntegerField(null=True)
    shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier", "paper", name="paper_counted_once"),
            models.CheckConstraint(condition=Q(originals__gte=0, copies__gte=0), name="paper_count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.originals} + {self.copies}"


class Queue(models.Model):
    """One line of people waiting at an agency: its letter on the tickets, and what it is for. One is enough."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    letter = models.CharField(max_length=1)
    name = models.TextField()
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "letter", name="queue_letter_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class Ticket(models.Model):
    """A number in a queue on one local day. Nobody's name stands here. No facts: see `desks.actions.tickets`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    queue = models.ForeignKey(Queue, models.PROTECT)
    day = models.DateField()
    number = models.IntegerField()
    state = models.TextField(choices=list(TICKET_STATES.items()), default="waiting")
    given_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)  # the last time it was called
    first_called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True)
    counter = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("queue", "day", "number", name="ticket_number_once"),
            models.UniqueConstraint(
                "agency", "officer", "day", condition=Q(state="called"), name="ticket_one_called"
            ),
            models.CheckConstraint(condition=Q(state__in=list(TICKET_STATES)), name="ticket_state_known"),
        ]
        indexes = [models.Index("agency", "day", "given_at", name="ticket_of_day")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What is called out: ``A007``."""
        return f"{self.queue.letter}{self.number:03d}"


class Group(models.Model):
    """Dossiers that belong together for the desk: a firm's employees, a family. Each goes its own way."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.TextField(unique=True)
    name = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "-made_at"], name="group_of_agency")]

    def __str__(self) -> str:
        return self.code


class Member(models.Model):
    """A dossier in a group; one group at most."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="membership")
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")

    def __str__(self) -> str:
        return f"{self.group_id}: {self.dossier_id}"
