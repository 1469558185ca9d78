"""Table of the days that an office arranged for itself."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CalendarDay(models.Model):
    """A day that differs from the plain week: nationally (``agency_code`` empty) or at one office.

    ``minutes`` are the working intervals as minutes since midnight, flat: start, end, start, end; empty: a day off.
    """

    agency_code = models.TextField(default="", blank=True)
    date = models.DateField()
    minutes: Any = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    reason = models.TextField()
    reason_en = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("agency_code", "date", name="office_day_once")]

    def __str__(self) -> str:
        return f"{self.agency_code or 'VN'} {self.date} {self.reason}"
