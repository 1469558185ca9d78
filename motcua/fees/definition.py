"""What an edition says about a fee."""

import msgspec


class Fee(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A fee line. ``amount_vnd`` None: not known, or decided by the provincial council (``decided_by``)."""

    name: str = ""
    kind: str = ""  # "fee" (phí) | "charge" (lệ phí)
    amount_vnd: int | None = None
    per: str = ""
    decided_by: str = ""  # "provincial_council"
    text: str = ""
