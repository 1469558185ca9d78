"""Table of results."""

from django.db import models

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.people.models import Agency, Citizen


class Result(models.Model):
    """A numbered result. ``check`` is the short secret in its QR code: a number alone can be guessed, both cannot."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.TextField(unique=True)
    check_code = models.TextField()
    reference = models.TextField(unique=True)
    kind = models.TextField()
    title = models.TextField()
    template = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    holder = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="results")
    holder_name = models.TextField()
    content = models.JSONField()
    issued_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["holder", "-issued_at"], name="result_of_holder")]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        return f"result:{self.id}"
