"""Small words for templates: dates, money, addresses in the reader's language, QR codes."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.base.money import money
from motcua.sites.frame.words import masked, source_words

register = template.Library()
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SOON_DAYS = 2  # a due date this near is amber


@register.filter
def day(value: date | datetime | None) -> str:
    """``27/03/2024``; an instant is first taken to Vietnam's clock. Nothing for None."""
    if isinstance(value, datetime):
        value = value.astimezone(HERE)
    return value.strftime("%d/%m/%Y") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``15:40, 27/03/2024`` on Vietnam's clock. Nothing for None."""
    return value.astimezone(HERE).strftime("%H:%M, %d/%m/%Y") if value else ""


register.filter("masked", masked)


@register.filter
def reused(source: str) -> str:
    """The mark of a paper that the State had already; empty for one that somebody brought."""
    return source_words(source)


@register.filter
def dong(value: int | None) -> str:
    """``10.000 ₫``; unknown is said, never shown as 0."""
    return _("chưa xác định") if value is None else money(value)


@register.filter
def deadline_state(days: float | None) -> str:
    """``late`` below 0 days left, ``soon`` to 2, ``ok`` above, ``none`` without a due date."""
    if days is None:
        return "none"
    return "late" if days < 0 else "soon" if days <= SOON_DAYS else "ok"


@register.filter
def deadline_words(days: float | None) -> str:
    """What stands beside the colour: ``Quá hạn 2 ngày``, ``Hạn hôm nay``, ``Còn 5 ngày``."""
    if days is None:
        return _("Không có hạn")
    whole = int(abs(days))
    if days < 0:
        late = ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", whole) % {"days": whole}
        return late if whole else _("Vừa quá hạn")
    left = ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", whole) % {"days": whole}
    return left if whole else _("Hạn hôm nay")


@register.simple_tag
def door(path: str) -> str:
    """An address in the reader's language: ``/thu-tuc/`` → ``/en/thu-tuc/`` on an English page."""
    return f"/en{path}" if get_language() == "en" else path


@register.simple_tag(takes_context=True)
def other_language(context: dict[str, Any], language: str) -> str:
    """This page in ``language``: the same path and question, with or without ``/en``."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    bare = path[3:] if path == "/en" or path.startswith("/en/") else path
    bare = "/" + bare.lstrip("/\\")  # //host would lead to another site
    return f"/en{bare}" if language == "en" else bare


@register.simple_tag
def qr(content: str) -> SafeString:
    """The QR code of ``content`` as SVG, for screens and print; level M survives a fold in the paper."""
    code = segno.make(content, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=3, svgclass="qr-code", lineclass=None, omitsize=True))


@register.tag
def once(parser: template.base.Parser, _token: template.base.Token) -> "Once":
    """``{% once %} … {% endonce %}``: what is the same on every page in one language, drawn once a process.

    In it stand translations, static files and the operator's tokens, nothing of the page or the person.
    """
    drawn = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(drawn)


class Once(template.Node):
    """Keeps what it drew, a language and an operator apart."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self._kept: dict[Any, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """What was drawn before, else drawn now."""
        key = get_language(), context.get("site")
        if key not in self._kept:
            self._kept[key] = self.nodelist.render(context)
        return self._kept[key]
