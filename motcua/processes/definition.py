"""The steps of a process as plain values: what an edition says about who does what, how long, and where it leads."""

import msgspec

ROLES = {
    "reception": "Tiếp nhận và trả kết quả",
    "clerk": "Chuyên viên thụ lý",
    "head": "Lãnh đạo phòng",
    "approver": "Lãnh đạo ký duyệt",
}


class Exit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where an action leads: a step, or ``supplement``, ``decide_refusal``, ``end``; only while ``when`` holds.

    ``when`` is a condition in CEL over the answers and the dossier (`processes.conditions`); empty: always. ``name`` is
    what the button says where the usual word of the action would not do.
    """

    to: str
    when: str = ""
    name: str = ""
    name_en: str = ""


class Task(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A piece of work inside a step, ticked off by who holds it. A ``required`` one keeps the step until it is done."""

    task: str
    name: str
    name_en: str = ""
    hours: float | None = None
    required: bool = True


class Opinion(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a step asks another unit, at the same time as others and with a clock of its own (``hours``, working).

    ``agency`` is the code of the unit, empty where whoever asks chooses it. No answer in time does not stop the
    dossier: who was asked bears the delay (Nghị định 118/2025/NĐ-CP).
    """

    opinion: str
    name: str
    hours: float
    name_en: str = ""
    agency: str = ""


class Timeout(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What happens by itself after a dossier stood so long at a step: ``then`` is remind, escalate or close.

    One of ``hours`` (working) and ``working_days`` (8 hours each). ``escalate`` gives the step to the head.
    """

    then: str
    hours: float | None = None
    working_days: float | None = None

    @property
    def minutes(self) -> int:
        """Working minutes after the dossier came to the step."""
        return round(((self.hours or 0) + (self.working_days or 0) * 8) * 60)


class Step(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A step of the process, with its working ``hours``; None where the process sets it no limit.

    ``does``: receive (first), work, decide (makes the result), hand_over (last), or automatic: a step without a role
    that takes nobody's time and leaves at once by the exit whose condition holds, else by the one without a condition.
    The order of ``then`` is that of the buttons; an automatic step has one of its own (`ways.exits`).
    """

    step: str
    name: str
    role: str
    hours: float | None
    then: dict[str, str | Exit]
    does: str = "work"
    name_en: str = ""
    tasks: tuple[Task, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    timeouts: tuple[Timeout, ...] = ()

    @property
    def minutes(self) -> int | None:
        """The step's time in working minutes, None where it has no limit."""
        return None if self.hours is None else round(self.hours * 60)

    def exit(self, action: str) -> Exit | None:
        """The exit for ``action``, None when the step has no such action."""
        found = self.then.get(action)
        return Exit(found) if isinstance(found, str) else found
