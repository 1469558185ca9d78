"""The edition of a procedure as one value: read from a file, checked, frozen, and everything is made from it.

Structs only, no behaviour beyond reading and writing; what may stand in them is checked in ``rules.py``. Absent always
means unknown: a fee whose amount is ``None`` is not free, a limit without a unit is not a number of days.
"""

from datetime import date
from typing import Any

import msgspec

from motcua.fees.definition import Fee
from motcua.processes.definition import ROLES, Exit, Opinion, Step, Task, Timeout
from motcua.processes.runs import Run

LEVELS = {"ministry": "Cấp Bộ", "province": "Cấp tỉnh", "commune": "Cấp xã", "other": "Cơ quan khác"}
SUBJECTS = {
    "citizen": "Công dân Việt Nam",
    "overseas": "Người Việt Nam định cư ở nước ngoài",
    "foreigner": "Người nước ngoài",
    "officer": "Cán bộ, công chức, viên chức",
    "enterprise": "Doanh nghiệp",
    "foreign_enterprise": "Doanh nghiệp có vốn đầu tư nước ngoài",
    "organisation": "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "foreign_organisation": "Tổ chức nước ngoài",
    "cooperative": "Hợp tác xã",
}
ONLINE = {"information": "Cung cấp thông tin", "partial": "Một phần", "full": "Toàn trình"}
CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Dịch vụ bưu chính"}

__all__ = ["ROLES", "Exit", "Fee", "Opinion", "Step", "Task", "Timeout"]  # what lower parts know
RESULT_TEMPLATES = ("ket-qua", "giay-khai-sinh")  # how a result may look; base/typesetting has a sheet for each


class Text(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A text people read: Vietnamese always, English where it was written."""

    vi: str
    en: str = ""


class Limit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Time the law gives. At most one of ``hours`` (working), ``working_days``, ``days`` (calendar), ``months``.

    ``text`` keeps the original wording; a limit with nothing but a text is one that could not be read. ``if_after``
    (HH:MM) and ``then="next_working_day"``: what is received later than that is due on the next working day.
    """

    hours: float | None = None
    working_days: float | None = None
    days: int | None = None
    months: int | None = None
    if_after: str | None = None
    then: str | None = None
    text: str = ""

    @property
    def known(self) -> bool:
        return any(value is not None for value in (self.hours, self.working_days, self.days, self.months))

    @property
    def working_hours(self) -> float | None:
        """What the steps of the process must add up to (8 hours a day); None where the law counts otherwise."""
        if self.hours is not None:
            return self.hours
        return None if self.working_days is None else self.working_days * 8


class Channel(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One way of filing, with its own limits and fees; several limits where the cases differ."""

    limit: Limit = Limit()
    fees: tuple[Fee, ...] = ()
    note: str = ""


class Paper(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A component of the dossier (thành phần hồ sơ). ``originals``/``copies`` None where the source does not say."""

    code: str
    name: str
    originals: int | None = None
    copies: int | None = None
    required: bool = True
    case: str = ""
    known_from: str = ""
    note: str = ""
    show_only: bool = False  # presented at the counter, not kept


class Result(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the person gets at the end; ``code`` is the national one of the kind of result."""

    name: str
    code: str = ""
    template: str = ""  # a file name in results/templates
    valid: str = ""  # "unlimited" or words


class Period(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From a day on, until before another one; local days."""

    from_: date
    until: date | None = None


class Clock(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How the time of this procedure is counted, where it differs from the general rule.

    Received after ``cut_off`` (HH:MM), or in the last working hour where ``last_hour``: counted from the next working
    day, and then not before ``opens``. ``after_supplement``: the clock goes on (``resume``) or begins anew with the full
    dossier (``restart``). A supplement not given within ``answer_working_days`` closes the dossier.
    """

    cut_off: str | None = None
    last_hour: bool = False
    opens: str | None = None
    after_supplement: str = "resume"
    answer_working_days: int = 15


class Definition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An edition. ``extra`` keeps what a source says and this shape has no place for, so that nothing is lost."""

    procedure: str
    name: Text
    in_force: Period
    field: str = ""  # the field's name (lĩnh vực) in Vietnamese, as the source writes it
    decision: str = ""
    levels: tuple[str, ...] = ()
    levels_text: str = ""
    kind: str = ""
    agency: str = ""  # executing agency, words
    authority: str = ""
    coordinating: str = ""
    ministry: str = ""
    subjects: tuple[str, ...] = ()
    subjects_text: str = ""
    online: str | None = None
    law: tuple[str, ...] = ()
    sequence: str = ""
    conditions: str = ""
    cases: tuple[str, ...] = ()
    channels: dict[str, tuple[Channel, ...]] = {}
    papers: tuple[Paper, ...] = ()
    form: dict[str, Any] | None = None
    process: tuple[Step, ...] = ()
    clock: Clock = Clock()
    tests: tuple[Run, ...] = ()  # lives of dossiers that must still go the same way
    results: tuple[Result, ...] = ()
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    source: str = ""
    extra: dict[str, Any] = {}


def parse(raw: Any) -> Definition:
    """A definition from plain values (YAML or JSON already read).

    Raises ``msgspec.ValidationError`` naming the place.
    """
    return msgspec.convert(raw, Definition, strict=False)


def plain(definition: Definition) -> dict[str, Any]:
    """The plain values of a definition, ready for JSON; ``parse(plain(d)) == d``."""
    found: dict[str, Any] = msgspec.to_builtins(definition)
    return found
