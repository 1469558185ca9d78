"""Tables of certified copies. That a number is given once, and to nothing but a certified copy, is held here."""

from django.db import models
from django.db.models import F, Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.certifying.rules import MAX_PAGES, book_name
from motcua.certifying.states import GROUNDS, State
from motcua.people.models import Agency, Citizen, Officer, one_of
from motcua.results.models import Result


class Copy(models.Model):
    """One original and what becomes of its scan. ``presenter`` is known only when the card was seen.

    ``folded`` is what a search looks in. ``year`` and ``number`` are the line in the register book. ``note`` is what
    was said about a refusal, or why it was cancelled.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    state = models.TextField(default=State.TAKEN)
    presenter = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="copies")
    presenter_name = models.TextField()
    presenter_identity = models.TextField(blank=True)
    title = models.TextField()
    original_number = models.TextField(blank=True)
    issued_by = models.TextField()
    issued_on = models.DateField(null=True)
    folded = models.TextField()
    pages = models.IntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Officer, models.PROTECT, related_name="copies_taken")
    compared_at = models.DateTimeField(null=True)
    compared_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="copies_compared")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="copies_ended")
    year = models.IntegerField(null=True)
    number = models.IntegerField(null=True)
    result = models.OneToOneField(Result, models.PROTECT, null=True, related_name="copy")
    ground = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="copy_state"),
            models.CheckConstraint(condition=Q(pages__gte=1, pages__lte=MAX_PAGES), name="copy_pages"),
            one_of("ground", dict.fromkeys(["", *GROUNDS], ""), "copy_ground"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(ground="") | ~Q(state="refused") & Q(ground=""),
                name="copy_refused_for_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="certified", year__isnull=False, number__isnull=False, number__gte=1, result__isnull=False
                )
                | (~Q(state="certified") & Q(year=None, number=None, result=None)),
                name="copy_certified_is_numbered",
            ),
            models.UniqueConstraint("agency", "year", "number", name="copy_number_once"),
        ]
        indexes = [
            models.Index("agency", "taken_at", name="copy_waiting", condition=Q(state__in=["taken", "compared"])),
            models.Index(F("agency"), F("ended_at").desc(), name="copy_ended"),
        ]

    def __str__(self) -> str:
        return self.certification or self.title

    @property
    def stream(self) -> str:
        """Its stream of facts, and its reference for bill and result."""
        return f"copy:{self.id}"

    @property
    def certification(self) -> str:
        """``"15, quyển số 1/2026-SCT/BS"``; empty before it has a number."""
        return f"{self.number}, quyển số {book_name(self.year)}" if self.year else ""


class Scan(models.Model):
    """One file of the scan, in the order in which it was scanned."""

    id = models.UUIDField(primary_key=True, default=new_id)
    copy = models.ForeignKey(Copy, models.CASCADE, related_name="scans")
    place = models.SmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT)
    pages = models.IntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint("copy", "place", name="scan_place_once")]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.place}"
