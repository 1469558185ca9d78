"""What the letters of an agency (forms 02 to 05) are called on a page, and which of them a dossier has."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.ledger import Row
from motcua.printing.letters import day_of, letters_in

NAMES = {
    "02": _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "03": _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "04": _("Văn bản xin lỗi và đề nghị gia hạn"),
    "05": _("Thông báo dừng giải quyết hồ sơ"),
}


def letters_of(facts: Sequence[Row]) -> list[dict[str, Any]]:
    """A row for each letter in these facts, oldest first: form, name, number, day, and the fact it is of."""
    return [
        {
            "form": each.form,
            "name": NAMES[each.form],
            "number": each.number,
            "day": day_of(each),
            "seq": each.fact.seq,
        }
        for each in letters_in(facts)
    ]
