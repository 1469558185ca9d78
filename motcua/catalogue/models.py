"""Tables of the catalogue: fields, procedures, their editions, and one counter that every change moves."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from motcua.base.ids import new_id
from motcua.base.models import AsWritten
from motcua.catalogue.states import DRAFT, EXPIRED, LABELS, PUBLISHED


class Field(models.Model):
    """A field of administration (lĩnh vực), by the slug of its Vietnamese name."""

    code = models.CharField(max_length=120, primary_key=True)
    name = models.TextField()
    name_en = models.TextField(default="", blank=True)
    ministry = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure under its code. The other columns repeat its newest edition in force, for lists and filters.

    ``listed``: some edition was published. ``fileable``: dossiers can be filed on the newest one.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    name_en = models.TextField(default="", blank=True)
    folded_name = models.TextField()
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True)
    ministry = models.TextField(default="", blank=True)
    agency = models.TextField(default="", blank=True)
    online = models.CharField(max_length=20, default="", blank=True)
    levels: Any = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    subjects: Any = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    life_events: Any = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    listed = models.BooleanField(default=False)
    fileable = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index("folded_name", "code", name="procedure_page"),
            models.Index("field", "folded_name", "code", name="procedure_field_page"),
            GinIndex(fields=["levels", "subjects", "life_events"], name="procedure_filters"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Edition(models.Model):
    """What holds for a procedure from ``in_force_from`` until before ``in_force_until``. Frozen once it left draft.

    A database trigger refuses to change what is in review and to change or remove what was published. An empty period
    (from = until) was replaced on the day it began. ``rank``: how much its source knows (see ``ports.Record``).
    ``changed_by``: the name of whoever last wrote; ``note``: why it was sent back.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="editions")
    number = models.IntegerField()
    state = models.CharField(max_length=10, default=DRAFT)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    definition = AsWritten()
    content_hash = models.CharField(max_length=64)
    source = models.TextField(default="", blank=True)
    rank = models.SmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("procedure", "number", name="edition_number"),
            models.CheckConstraint(condition=Q(state__in=list(LABELS)), name="edition_state"),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")), name="edition_period"
            ),
            ExclusionConstraint(
                name="edition_one_in_force",
                expressions=[
                    (F("procedure"), RangeOperators.EQUAL),
                    (
                        Func("in_force_from", "in_force_until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=[PUBLISHED, EXPIRED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number} {self.state}"


class RecordedRun(models.Model):
    """The way of a dossier, kept as a test of every later edition until retired. ``content``: a `processes.runs.Run`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="runs")
    name = models.TextField()
    content = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("procedure", "name", name="run_name_once", condition=Q(retired_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueVersion(models.Model):
    """One row that counts every publication and expiry. Caches of pages and of the search index look at it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_version_one_row")]

    def __str__(self) -> str:
        return str(self.value)
