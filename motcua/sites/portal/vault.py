"""What the pages of the vault show of one thing, and what is asked when it is shared."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.people.models import Agency, Citizen, Organisation
from motcua.people.queries import must_represent, organisations_of
from motcua.results.subscribers import verify_url
from motcua.sites.frame.asked import Asked, Line
from motcua.sites.frame.holdings import GROUPS, TRUSTS, state_of
from motcua.sites.frame.results import standing_words
from motcua.sites.frame.words import masked
from motcua.sites.portal.asking import uuid_of
from motcua.vault.actions import Sharing
from motcua.vault.models import Share, Version
from motcua.vault.queries import Held, by_item
from motcua.vault.states import LONGEST_SHARE_DAYS

MANY_AGENCIES = 6
LOOKED = {
    "dossier": _("Xem hồ sơ"), "taken": _("Tải toàn bộ hồ sơ"), "identity": _("Tra cứu theo số định danh"),
    "result": _("Xem kết quả"), "vault": _("Xem kho dữ liệu"), "copy": _("Xem yêu cầu chứng thực"),
}  # fmt: skip


class ShareForm(Asked):
    """With whom, what for, until when."""

    places = {"receiver_not_one": "to", "agency": "agency", "identity_number": "identity_number",
              "share_with_self": "identity_number", "share_purpose": "purpose", "share_until": "until"}  # fmt: skip

    to = forms.ChoiceField(label=_("Chia sẻ với"), widget=forms.RadioSelect,
                           choices=[("agency", _("Một cơ quan")), ("person", _("Một người"))])  # fmt: skip
    agency = Line(label=_("Cơ quan"), required=False, max_length=300,
                  help_text=_("Tên hoặc mã định danh. Chỉ cần khi chia sẻ với cơ quan."))  # fmt: skip
    identity_number = Line(
        label=_("Số định danh cá nhân của người nhận"), required=False, max_length=40,
        help_text=_("12 chữ số. Người đó thấy giấy tờ khi đăng nhập bằng tài khoản đã xác minh."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
    )  # fmt: skip
    purpose = Line(label=_("Mục đích"), max_length=300, help_text=_("Ví dụ: làm hồ sơ vay vốn; ngân hàng kiểm tra."))
    until = forms.DateField(
        label=_("Chia sẻ đến hết ngày"), input_formats=["%d/%m/%Y"],
        help_text=_("Dài nhất 90 ngày. Bạn thu hồi lúc nào cũng được."),
        widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
        error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")},
    )  # fmt: skip

    @staticmethod
    def usual(today: date) -> dict[str, Any]:
        """What stands there at first: an agency, for a month."""
        return {"to": "agency", "until": f"{today + timedelta(days=min(30, LONGEST_SHARE_DAYS)):%d/%m/%Y}"}

    def sharing(self, version: UUID, *, on: date) -> Sharing:
        """As `vault.actions.share` takes it. Raises `Invalid` ``agency_not_one``."""
        told = self.cleaned_data
        if told["to"] == "person":
            return Sharing(version, told["until"], told["purpose"], identity_number=told["identity_number"])
        return Sharing(version, told["until"], told["purpose"], agency=agency_named(told["agency"], on))


def agency_named(text: str, on: date) -> UUID:
    """The one agency of a day with this code or name. Raises `Invalid` ``agency_not_one`` for none and for several."""
    asked = clean(text)
    there = Agency.objects.valid(on)
    if asked:
        found = list(there.filter(Q(code__iexact=asked) | Q(name__iexact=asked))[:2])
        found = found or list(there.filter(name__icontains=asked).order_by("code")[:MANY_AGENCIES])
        if len(found) == 1:
            return found[0].id
        if found:
            raise Invalid("agency_not_one", like="; ".join(f"{each.name} ({each.code})" for each in found))
    raise Invalid("agency_not_named")


def whose(who: Citizen, organisation: str) -> Organisation | None:
    """The organisation in the address, if the person may act for it; None: the person's own vault.

    Raises `Forbidden` ``not_representative``, `NotFound` ``not_found``.
    """
    return must_represent(who, uuid_of(organisation)) if organisation else None


def choices(who: Citizen, chosen: Organisation | None) -> list[dict[str, Any]]:
    """The vaults the person may open; none to choose where there is only one's own."""
    organisations = organisations_of(who)
    if not organisations:
        return []
    own = {"label": who.full_name, "address": "", "chosen": chosen is None}
    return [own, *({"label": each.name, "address": f"?to-chuc={each.id}", "chosen": chosen == each}
                   for each in organisations)]  # fmt: skip


def back_to(held: Held) -> str:
    """The vault an item is in, as a question of the address."""
    organisation = held.version.item.organisation_id
    return f"?to-chuc={organisation}" if organisation else ""


def groups(found: Sequence[Held], on: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """The items by group, newest first, each as its newest version that is good for something."""
    rows = [{**row(best(versions, on), on), "more": len({each.version.at for each in versions}) - 1}
            for versions in by_item(found).values()]  # fmt: skip
    return [(str(name), there) for kind, name in GROUPS.items() if (there := [r for r in rows if r["kind"] == kind])]


def best(versions: Sequence[Held], on: date) -> Held:
    """Of the versions of an item, newest first, the one that is offered; the newest where none proves anything."""
    return next((each for each in versions if each.proof(on)), versions[0])


def row(held: Held, on: date) -> dict[str, Any]:
    """One version as pages show it."""
    version = held.version
    result = version.result
    agency = result.agency if result else version.agency
    return {
        "held": held, "version": version, "item": version.item, "kind": version.item.kind, "title": version.item.title,
        "number": version.number, "agency": agency.name if agency else version.agency_name,
        "at": result.issued_at if result else version.at, "tag": state_of(held, on), "trust": TRUSTS[held.trust],
        "told": standing_words(result, on), "until": held.valid_until, "source": source_of(version),
        "verify": verify_url(result) if result else "",
        "file": bool(held.sha256), "other_name": other_name(held),
    }  # fmt: skip


def source_of(version: Version) -> str:
    """Where it came from, in words."""
    if version.result is not None:
        return now_("Cơ quan cấp và trả qua hệ thống")
    if version.source.startswith("register:"):
        return now_("Cơ sở dữ liệu “%(code)s”") % {"code": version.source.split(":")[1]}
    return now_("Nộp trong hồ sơ %(code)s") % {"code": version.number}


def other_name(held: Held) -> str:
    """In whose name a result stands, where that is not the holder's own."""
    result, holder = held.version.result, held.version.item.citizen
    strange = result is not None and holder is not None and result.holder_folded != holder.folded_name
    return result.holder_name if strange and result else ""


def receiver(share: Share) -> str:
    """With whom something is shared; of a number only what its giver needs to know it again."""
    return (
        share.agency.name
        if share.agency
        else now_("Số định danh %(number)s") % {"number": masked(share.identity_number)}
    )


def download_name(held: Held) -> str:
    """What the file is called when it is taken."""
    version = held.version
    return f"{version.item.title} {version.number}.pdf" if version.result else version.label
