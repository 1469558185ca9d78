"""Where a design begins: a new procedure that could be published tomorrow, or the next edition of one."""

from datetime import date

import msgspec

from motcua.catalogue.definition import Channel, Definition, Limit, Period, Result, Step, Text

HOURS = 8


def minimal(code: str, name: Text, day: date) -> Definition:
    """A new procedure from nothing: one working day, a process of four steps that is sound, no papers, the request form.

    Everything in it is meant to be changed; what stands is what a procedure can't be without.
    """
    channels: dict[str, tuple[Channel, ...]] = {kind: (Channel(Limit(hours=HOURS)),) for kind in ("online", "direct")}
    return Definition(
        procedure=code,
        name=name,
        in_force=Period(day),
        levels=("commune",),
        subjects=("citizen",),
        online="full",
        channels=channels,
        process=minimal_process(),
        results=(Result(f"Kết quả: {name.vi}", template="ket-qua"),),
        source="own",
    )


def minimal_process() -> tuple[Step, ...]:
    """Reception, work, decision, handing over: eight working hours."""
    return (
        Step("tiep-nhan", "Tiếp nhận", "reception", 1, {"pass": "tham-tra"}, "receive", "Reception"),
        Step(
            "tham-tra",
            "Thẩm tra",
            "clerk",
            4,
            {"pass": "ky", "ask_more": "supplement", "refuse": "decide_refusal"},
            name_en="Examination",
        ),
        Step(
            "ky",
            "Ký duyệt",
            "approver",
            2,
            {"pass": "tra", "return": "tham-tra", "refuse": "decide_refusal"},
            "decide",
            "Approval",
        ),
        Step("tra", "Trả kết quả", "reception", 1, {"hand_over": "end"}, "hand_over", "Handing over"),
    )


def next_edition(definition: Definition, day: date) -> Definition:
    """The same procedure from a later day on: what changes is written into it."""
    begins = max(day, definition.in_force.from_)
    return msgspec.structs.replace(definition, in_force=Period(begins), source="own")
