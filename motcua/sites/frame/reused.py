"""How pages describe what the State has already."""

from django.utils.translation import gettext as now_

from motcua.sites.frame.templatetags.frame import day
from motcua.vault.rules import Offer


def offer_words(offer: Offer) -> str:
    """Which paper it is: title, number, who gave it and when."""
    told = {"title": offer.title, "number": offer.number, "agency": offer.agency, "day": day(offer.issued_on)}
    if offer.source.startswith("paper:"):
        return now_("%(title)s, đã nộp trong hồ sơ %(number)s, %(agency)s chấp nhận ngày %(day)s") % told
    if offer.source.startswith("register:"):
        return now_("%(title)s số %(number)s, %(agency)s") % told
    return now_("%(title)s số %(number)s, do %(agency)s cấp ngày %(day)s") % told
