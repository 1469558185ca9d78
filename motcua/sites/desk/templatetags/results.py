"""How many documents wait for one's signature: ``{% signatures desk as waiting %}``."""

from django import template
from django.conf import settings

from motcua.results.queries import count_waiting
from motcua.sites.desk.asking import Desk

register = template.Library()


@register.simple_tag
def signatures(desk: Desk | None) -> int | None:
    """The count for the menu; None where nobody signs here. One query, none without keys."""
    return count_waiting(desk.by) if desk and settings.SIGNING else None
