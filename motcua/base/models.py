"""Tables of the floor: facts, cursors, counters, stored files, days of the calendar."""

from typing import Any

import orjson
from django.db import models
from psycopg.types.json import Json

from motcua.base.ids import new_id


class AsWritten(models.JSONField):
    """JSON kept as written: the order of keys counts, and ``jsonb`` does not keep it. Read whole, never searched."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002
        """The column type that keeps the text."""
        return "json"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002
        """The value, read by the driver already."""
        return orjson.loads(value) if isinstance(value, str | bytes) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002
        """The value as the driver sends it."""
        return value if prepared or isinstance(value, Json) else Json(value, dumps=orjson.dumps)


class Fact(models.Model):
    """One thing that happened. Append-only: a database trigger refuses every change and removal.

    ``stream`` is what it happened to (``"dossier:<uuid>"``), ``seq`` counts from 1 in each stream. ``xid`` is the
    transaction that wrote it; ``hash`` is SHA-256 over ``prev_hash`` and the canonical content (see ``ledger``).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    stream = models.TextField()
    seq = models.IntegerField()
    name = models.TextField()
    data = models.JSONField()
    actor = models.TextField()
    node = models.TextField()
    at = models.DateTimeField()
    xid = models.BigIntegerField(db_default=models.Func(function="motcua_xid"))
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("stream", "seq", name="fact_stream_seq")]
        indexes = [models.Index("xid", "id", name="fact_order")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.name}"


class Cursor(models.Model):
    """How far one subscriber has read the ledger: past all facts up to (``xid``, ``fact_id``)."""

    name = models.TextField(primary_key=True)
    xid = models.BigIntegerField(default=0)
    fact_id = models.UUIDField(null=True)
    failures = models.IntegerField(default=0)  # of the fact that stands next, in a row

    def __str__(self) -> str:
        return f"{self.name} @ {self.xid}"


class ParkedFact(models.Model):
    """A fact that a subscriber failed on five times and went past; shown on the board until somebody looks."""

    id = models.UUIDField(primary_key=True, default=new_id)
    cursor = models.ForeignKey(Cursor, models.CASCADE)
    fact = models.ForeignKey(Fact, models.PROTECT)
    error = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("cursor", "fact", name="parked_once")]

    def __str__(self) -> str:
        return f"{self.cursor_id}: {self.error}"


class Counter(models.Model):
    """A row that only counts up: the number part of codes. ``key`` names what is counted, e.g. agency and day."""

    key = models.TextField(primary_key=True)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class StoredFile(models.Model):
    """A file kept once by the SHA-256 of its content. ``media_type`` was sniffed from the content, not told."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.TextField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
