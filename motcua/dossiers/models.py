"""Tables of the dossier. What was filed is written once; what changes stands in the narrow `Standing`."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.catalogue.models import Edition
from motcua.dossiers.states import LABELS, OPEN, State
from motcua.people.models import Agency, Citizen, Officer, Organisation

CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính"}
RETURNS = {"online": "Nhận trực tuyến", "counter": "Nhận tại bộ phận một cửa", "post": "Nhận qua bưu chính"}


class Dossier(models.Model):
    """What was filed, pinned to the edition in force. Where it stands is in `Standing`.

    Afterwards only a correction changes ``answers`` and keeps what they were; the owner does not follow the answers.
    ``on_behalf_of``: name, identity_number, basis, filer, and the organisation that `filing.submit` found.
    ``return_address`` is where the post goes, empty: the address of who filed.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.TextField(unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT)
    channel = models.TextField(choices=list(CHANNELS.items()))
    filed_by = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="dossiers")
    owner_name = models.TextField()  # chủ hồ sơ
    owner_folded = models.TextField()
    owner_identity = models.TextField(blank=True)
    owner_phone = models.TextField(blank=True)
    on_behalf_of = models.JSONField(default=dict)
    answers = models.JSONField()
    return_by = models.TextField(choices=list(RETURNS.items()))
    return_address = models.TextField(blank=True, default="", db_default="")
    submitted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["filed_by", "-submitted_at"], name="dossier_of_filer"),
            models.Index("owner_identity", name="dossier_of_identity", condition=~Q(owner_identity="")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"dossier:{self.id}"

    @property
    def organisation(self) -> UUID | None:
        """Whose matter it is, where who filed it represented an organisation that day; it stays the organisation's."""
        return UUID(found) if (found := self.on_behalf_of.get("organisation")) else None


def of_citizen(citizen: UUID | str) -> Q:
    """Of standings: what the citizen filed, but for an organisation; and what was filed for the organisations that he or
    she represents today. One query, for those."""
    theirs = dict(Organisation.objects.filter(memberships__citizen=citizen).values_list("tax_code", "id"))
    mine = Q(dossier__filed_by=citizen, dossier__on_behalf_of__organisation__isnull=True)
    ours = Q(dossier__on_behalf_of__organisation__in=[str(each) for each in theirs.values()])
    return mine | Q(ours, dossier__owner_identity__in=list(theirs)) if theirs else mine


class Standing(models.Model):
    """Where a dossier is now. Every column follows from the facts; ``seq`` and ``tip`` are the end of its stream."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="standing")
    agency = models.ForeignKey(Agency, models.PROTECT)
    counter = models.ForeignKey(  # where it was taken in for ``agency``, and is collected; null: at its own
        Agency, models.PROTECT, null=True, related_name="taken_in", db_index=False
    )
    state = models.TextField(choices=[(state, labels[0]) for state, labels in LABELS.items()])
    step = models.TextField(blank=True, default="")
    role = models.TextField(blank=True, default="")  # who holds it: the role of the step
    officer = models.ForeignKey(Officer, models.PROTECT, null=True)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # null: nothing promised yet, or the law sets no limit
    step_due_at = models.DateTimeField(null=True)  # null: the step has no limit
    step_since = models.DateTimeField(null=True)  # when it came to the step; null before reception
    watch_at = models.DateTimeField(null=True)  # when the next timeout of the step fires
    timeouts_fired = models.SmallIntegerField(default=0, db_default=0)  # of this step, since it came
    opinions_open = models.SmallIntegerField(default=0, db_default=0)  # asked, neither answered nor withdrawn
    opinions_until = models.DateTimeField(
        null=True
    )  # the last appointment of an open one: until then the step is held
    opinions_agreed = models.SmallIntegerField(default=0, db_default=0)
    opinions_against = models.SmallIntegerField(default=0, db_default=0)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # decided, refused, stopped or withdrawn: what lateness is measured by
    seq = models.IntegerField()
    tip = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(
                "agency", "due_at", "dossier", name="standing_worklist", condition=Q(state__in=sorted(OPEN))
            ),
            models.Index("agency", "state", "due_at", "dossier", name="standing_by_state"),
            models.Index("counter", "dossier", name="standing_counter", condition=Q(counter__isnull=False)),
            models.Index("watch_at", name="standing_watch", condition=Q(watch_at__isnull=False, paused_at=None)),
            models.Index(  # the register of a year, in the order of reception
                "agency", "received_at", "dossier", name="standing_register", condition=Q(received_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="standing_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "processing"]) | Q(received_at__isnull=False),
                name="standing_received_when_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.state} {self.step}"

    @property
    def stay(self) -> datetime | None:
        """When the present stay at the step began; for lives brought in without that, the reception."""
        return self.step_since or self.received_at


class DossierPaper(models.Model):
    """A file filed for one paper of the edition, at filing or as a supplement; ``source`` as in `rules.Attached`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    paper = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT)
    label = models.TextField()
    source = models.TextField(blank=True, default="", db_default="")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label


class Supplement(models.Model):
    """One request to complete the dossier (form 02) and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    papers = models.JSONField(default=list)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier", name="one_open_supplement", condition=Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return self.reason


class StepTask(models.Model):
    """A piece of work of a step that was done; it counts for the stay that began at ``since``, not for a return."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tasks")
    step = models.TextField()
    task = models.TextField()
    since = models.DateTimeField()
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("dossier", "step", "since", "task", name="task_done_once")]

    def __str__(self) -> str:
        return self.task


class Extension(models.Model):
    """The one new appointment the law allows (form 04: apology and request to extend)."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="extension")
    before = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField()
    apology = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before} → {self.until}"


class Tally(models.Model):
    """How many dossiers an agency has in a state: a reading of the ledger, kept by a subscriber."""

    agency = models.UUIDField()
    state = models.TextField()
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("agency", "state", name="tally_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.state}: {self.count}"
