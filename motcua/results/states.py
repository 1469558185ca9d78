"""The life of a result in the registry: its states, what each is called, and one row for every move.

That a result has expired is no state: it follows from its last day, see `rules.state_on`.
"""

from enum import StrEnum

from motcua.base.machine import Machine, move

SIGNERS = "head approver"  # who answers for what the agency issued
MAY_SIGN = frozenset(SIGNERS.split())
READERS = frozenset({"reception", "clerk", "head", "approver"})  # who works on dossiers; an administrator does not


class State(StrEnum):
    """What the registry says of a result."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


EXPIRED = "expired"
LABELS = {
    State.ISSUED: ("Đang có hiệu lực", "In force"),
    State.SUSPENDED: ("Đang bị tạm dừng hiệu lực", "Suspended"),
    State.REVOKED: ("Đã bị thu hồi", "Revoked"),
    State.REPLACED: ("Đã được thay bằng kết quả khác", "Replaced"),
    EXPIRED: ("Đã hết thời hạn hiệu lực", "Expired"),
}

MACHINE = Machine(
    states=frozenset(State),
    start=State.ISSUED,
    final=frozenset({State.REVOKED, State.REPLACED}),
    moves=(
        #    verb       from                to           who      button
        move("suspend", "issued",           "suspended", SIGNERS, "Tạm dừng hiệu lực"),
        move("resume",  "suspended",        "issued",    SIGNERS, "Cho có hiệu lực trở lại"),
        move("replace", "issued suspended", "replaced",  SIGNERS, "Thay bằng kết quả khác"),
        move("revoke",  "issued suspended", "revoked",   SIGNERS, "Thu hồi"),
    ),
)  # fmt: skip


def label(state: str, language: str = "vi") -> str:
    """What a person reads for a state or for `EXPIRED`."""
    return LABELS[state][0 if language == "vi" else 1]
