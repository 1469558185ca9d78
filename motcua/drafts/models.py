"""Tables of drafts: a person's own, until they are filed."""

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.catalogue.models import Edition
from motcua.dossiers.models import RETURNS, Dossier, Supplement
from motcua.people.models import Agency, Citizen


class Draft(models.Model):
    """What a person is still writing. Emptied when it is filed: the dossier then has the same id."""

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey(Citizen, models.CASCADE)
    edition = models.ForeignKey(Edition, models.PROTECT)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True)
    answers = models.JSONField(default=dict)
    done = models.JSONField(default=list)  # codes of the sections that were saved without a fault
    return_by = models.TextField(default="online", choices=list(RETURNS.items()))
    on_behalf_of = models.JSONField(default=dict)  # name, identity_number, basis: of the person it is filed for
    saved_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_of_owner", condition=Q(filed_at=None))]

    def __str__(self) -> str:
        return f"draft {self.id}"


class DraftPaper(models.Model):
    """A file attached to a draft for one paper of the edition; ``label`` is the name it had, never used as a path.

    ``source`` says where the State had it (`dossiers.rules.Attached`); proven when chosen, and again when filed.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="papers")
    paper = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT)
    label = models.TextField()
    source = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint("draft", "paper", "file", name="draft_paper_once")]

    def __str__(self) -> str:
        return self.label


class AnswerPaper(models.Model):
    """A file for the answer to a request for a supplement, kept until the answer is sent."""

    id = models.UUIDField(primary_key=True, default=new_id)
    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="answer_papers")
    owner = models.ForeignKey(Citizen, models.CASCADE)  # who attached it: the filer, or whom the filer authorised
    paper = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT)
    label = models.TextField()
    source = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint("supplement", "paper", "file", name="answer_paper_once")]

    def __str__(self) -> str:
        return self.label


class Correcting(models.Model):
    """A correction being written: all answers as they would be, right or wrong, until it is sent.

    ``before_sha256`` tells the answers it began with: when those change meanwhile, it begins anew.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Citizen, models.CASCADE)
    answers = models.JSONField()
    before_sha256 = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("dossier", "owner", name="correcting_once")]

    def __str__(self) -> str:
        return f"correction of {self.dossier_id}"
