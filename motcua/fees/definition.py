"""What an edition says about a fee."""

from datetime import date

import msgspec

DUES = {
    "reception": "Nộp trước khi tiếp nhận",
    "result": "Nộp trước khi nhận kết quả",
    "later": "Pháp luật cho nộp sau",
}
KINDS = {"fee": "Phí", "charge": "Lệ phí"}


class Amount(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A row of a table: what is asked where ``when`` (CEL over the answers) holds. ``text`` names the case.

    ``until``: the row counts for what is filed before that (local) day.
    """

    when: str
    amount_vnd: int
    text: str = ""
    until: date | None = None


class Exemption(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Nothing is asked where ``when`` holds; ``reason`` says why, with its law."""

    when: str
    reason: str


class Fee(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A fee line. ``amount_vnd`` None: not known, or decided by the provincial council (``decided_by``).

    ``table``: the first row that holds gives the amount, none: ``amount_vnd``. ``per``: the unit; ``quantity_from`` is
    the question whose number (or whose count of rows) says how many, or ``dossier`` where one dossier is one unit.
    ``due``: one of `DUES`; not said is ``result``.
    """

    name: str = ""
    kind: str = ""  # "fee" (phí) | "charge" (lệ phí)
    amount_vnd: int | None = None
    per: str = ""
    decided_by: str = ""  # "provincial_council"
    text: str = ""
    quantity_from: str = ""
    table: tuple[Amount, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    due: str = ""
