"""A finished report as it is kept: everything, the head of it, and two pictures."""

from datetime import datetime

from motcua.base.worktime import local
from motcua.review import picture
from motcua.review.plain import plain
from motcua.review.report import Report
from motcua.surveys.actions import Made
from motcua.surveys.queries import A_YEAR, volumes

HEAD = ("basis", "figures", "top", "registers", "volumes_of")


def made_of(report: Report, at: datetime) -> Made:
    """What to keep of ``report``, with the dossiers of the year before ``at``. One query."""
    content = plain(report, volumes(at))
    content["volumes_of"] = {"from": local(at - A_YEAR).date().isoformat(), "until": local(at).date().isoformat()}
    head = {name: content[name] for name in HEAD}
    return Made(content, head, picture.draw(report), picture.draw_narrow(report))
