"""The bench of one edition: its parts as a task list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.sites.designer.asking import Workbench, workbench
from motcua.sites.designer.tasks import LOOKS, rows
from motcua.sites.designer.words import edition_tag


@workbench
def tasks(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """What the edition has, what is wrong in it, and what can be done."""
    context = {
        "who": bench, "bench": bench, "tag": edition_tag(bench.edition), "tasks": rows(bench),
        "looks": rows(bench, LOOKS),
    }  # fmt: skip
    return render(request, "designer/bench.html", context)
