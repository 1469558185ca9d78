"""Choosing the post: an officer of several agencies works for one at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.base.errors import Forbidden
from motcua.people.models import Post
from motcua.sites.desk.asking import POST_KEY, agencies_of, signed_in
from motcua.sites.desk.words import ROLES


@signed_in
def post(request: HttpRequest, posts: list[Post]) -> HttpResponse:
    """Show the posts held today, and keep the chosen one for the session. Raises `Forbidden` ``no_post``."""
    agencies = agencies_of(posts)
    if request.method == "POST":
        chosen = request.POST.get("agency", "")
        if chosen not in {str(each.id) for each in agencies}:
            raise Forbidden("no_post", agency="")
        request.session[POST_KEY] = chosen
        return redirect(onward(request) or "desk:worklist")
    rows = [
        (agency, [str(ROLES.get(each.role, each.role)) for each in posts if each.agency_id == agency.id])
        for agency in agencies
    ]
    context = {"rows": rows, "officer": posts[0].officer, "chosen": request.session.get(POST_KEY),
               "onward": onward(request)}  # fmt: skip
    return render(request, "desk/post.html", context)


def onward(request: HttpRequest) -> str:
    """The page of the desk to go on to; empty for any other address."""
    asked = (request.POST.get("next") or request.GET.get("next") or "")[:500]
    ours = asked.startswith(("/can-bo/", "/en/can-bo/")) and url_has_allowed_host_and_scheme(
        asked, allowed_hosts=None
    )
    return asked if ours else ""
