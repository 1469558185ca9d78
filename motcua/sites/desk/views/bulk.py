"""Many dossiers at once: first what would happen to each, then what did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.desks.actions.bulk import Outcome, bulk
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.bulk import chosen_in, form_of, label_of, lines_of, together_at
from motcua.sites.frame.refusals import said


@officer_only
def together(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show the chosen files with what would be refused; sent from there, do it and answer for every file.

    Raises `Invalid` ``none_chosen``, ``too_many_chosen``, ``body_invalid``.
    """
    row = together_at(slug)
    if request.method != "POST":
        return redirect("desk:worklist")
    chosen = chosen_in(request)
    lines = lines_of(row, chosen, desk)
    sent = "_do" in request.POST
    form = form_of(row, lines, desk, request.POST if sent else None)
    context = {"desk": desk, "row": row, "label": label_of(row.verb)}
    if not sent or not form.is_valid():
        ready = [line for line in lines if line.refusal is None]
        context |= {"form": form, "ready": ready, "closed": [line for line in lines if line.refusal],
                    "strange": len(chosen) - len(lines)}  # fmt: skip
        return render(request, "desk/together.html", context, status=422 if sent else 200)
    outcomes = bulk(row.verb, chosen, form.cleaned_data, by=desk.by, at=desk.at)
    context |= {"done": [each for each in outcomes if each.refusal is None], "refused": refused(outcomes)}
    return render(request, "desk/together_done.html", context)


def refused(outcomes: list[Outcome]) -> list[dict[str, object]]:
    """What was not done, each with its words."""
    return [{"outcome": each, "said": said(each.refusal)} for each in outcomes if each.refusal]
