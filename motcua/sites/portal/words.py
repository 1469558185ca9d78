"""What the catalogue and the states of a dossier are called on the portal, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.base.money import money
from motcua.catalogue.definition import Channel, Definition, Fee, Limit
from motcua.sites.frame.paying import fee_rules
from motcua.sites.frame.words import CHANNELS, english

RETURNS = {
    "online": _("Nhận trực tuyến, trong tài khoản này"),
    "counter": _("Nhận tại bộ phận một cửa"),
    "post": _("Nhận qua bưu chính"),
}
ROLES = {
    "reception": _("bộ phận tiếp nhận và trả kết quả"),
    "clerk": _("chuyên viên thụ lý"),
    "head": _("lãnh đạo phòng"),
    "approver": _("lãnh đạo ký duyệt"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One way of filing: what it is called, how long it takes, what it costs, each in words."""

    channel: str
    limits: tuple[str, ...]
    fees: tuple[str, ...]
    notes: tuple[str, ...]


def listed(codes: Iterable[str], words: Mapping[str, Promise]) -> str:
    """Codes of a closed list in words, with commas; what is unknown is left out."""
    return ", ".join(str(words[code]) for code in codes if code in words)


def offers(definition: Definition) -> list[Offer]:
    """Every way of filing the edition offers, online first."""
    ways = [(str(CHANNELS[code]), definition.channels[code]) for code in CHANNELS if code in definition.channels]
    return [_offer(name, channels) for name, channels in ways]


def _offer(name: str, channels: tuple[Channel, ...]) -> Offer:
    limits = dict.fromkeys(limit_words(channel.limit) for channel in channels)
    fees = dict.fromkeys(fee_words(fee) for channel in channels for fee in channel.fees)
    notes = dict.fromkeys(channel.note for channel in channels if channel.note)
    return Offer(name, tuple(limits), tuple(fees) or (now_("Chưa có thông tin về phí, lệ phí"),), tuple(notes))


def limit_words(limit: Limit) -> str:
    """``"8 giờ làm việc; nhận sau 15:00 thì trả ngày làm việc tiếp theo"``. What was not understood stays quoted."""
    said = _amount(limit)
    if not said:
        unknown = now_("Chưa đọc được thành số; nguyên văn: “%(text)s”") % {"text": limit.text}
        return unknown if limit.text else now_("Chưa có thông tin về thời hạn")
    if limit.if_after:
        later = now_("nhận sau %(time)s thì trả ngày làm việc tiếp theo") % {"time": limit.if_after}
        return f"{said}; {later}"
    return said


def _amount(limit: Limit) -> str:
    if limit.hours is not None:
        return _counted(limit.hours, lambda n: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n))
    if limit.working_days is not None:
        return _counted(limit.working_days, lambda n: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n))
    if limit.days is not None:
        return _counted(limit.days, lambda n: ngettext("%(n)s ngày", "%(n)s ngày", n))
    if limit.months is not None:
        return _counted(limit.months, lambda n: ngettext("%(n)s tháng", "%(n)s tháng", n))
    return ""


def _counted(amount: float, words: Any) -> str:
    number = f"{amount:g}" if english() else f"{amount:g}".replace(".", ",")
    return str(words(1 if amount == 1 else 2) % {"n": number})


def fee_words(fee: Fee) -> str:
    """The amount, who sets it, other amounts and exemptions, or the original text. Free only where the edition says
    0 đồng and nothing else."""
    rules = fee_rules(fee)
    named = f"{fee.name}: " if fee.name else ""
    if fee.amount_vnd == 0 and not fee.table:
        return now_("Không mất tiền (0 ₫)")
    if fee.amount_vnd is not None:
        said = f"{named}{money(fee.amount_vnd)}{f' / {fee.per}' if fee.per else ''}"
    elif fee.decided_by == "provincial_council":
        said = named + now_("do Hội đồng nhân dân cấp tỉnh quyết định")
    elif fee.text and not fee.table:
        return now_("Chưa đọc được thành số; nguyên văn: “%(text)s”") % {"text": fee.text}
    else:
        said = named + (now_("theo trường hợp") if fee.table else now_("chưa rõ mức thu"))
    return "; ".join([said, *rules])
