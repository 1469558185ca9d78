"""What other agencies ask yours: the list, and the answer. Of the dossier you see its code and its procedure."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.base.errors import Forbidden
from motcua.catalogue.definition import Text
from motcua.catalogue.queries import plan, plans
from motcua.opinions.actions import answer_opinion
from motcua.opinions.models import Opinion
from motcua.opinions.queries import asked_one, open_of
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.access import Caller
from motcua.sites.api.describing import operation, signed_in
from motcua.sites.api.reading import body
from motcua.sites.api.service import answer

router = signed_in("opinions")


@operation(router, "GET", "/opinions", shapes.OpinionList, headers=("X-Agency",))
def waiting(request: HttpRequest) -> HttpResponse:
    """What your agency is asked and has not answered, soonest due first; at most 200."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if caller.agency is None:
        raise Forbidden("wrong_role")
    found = open_of(caller.agency.id)
    plans({each.dossier.edition_id for each in found})
    return answer(shapes.OpinionList([shown(each) for each in found]))


@operation(router, "POST", "/opinions/{opinion}/answer", shapes.OpinionShown, takes=asked.AnswerOpinion,
           headers=("X-Agency",))  # fmt: skip
def answered(request: HttpRequest, opinion: UUID) -> HttpResponse:
    """Answer in writing, once. For: clerk, head, approver of the agency that was asked."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    given = body(request, asked.AnswerOpinion)
    if caller.agency is None:
        raise Forbidden("wrong_role")
    question = asked_one(opinion, caller.agency.id)
    answer_opinion(question.dossier_id, opinion, given.agrees, given.answer, by=caller.actor, at=caller.at)
    return answer(shown(asked_one(opinion, caller.agency.id)))


def shown(opinion: Opinion) -> shapes.OpinionShown:
    """One question as it goes out."""
    definition = plan(opinion.dossier.edition_id).definition
    return shapes.OpinionShown(
        id=opinion.id, dossier=opinion.dossier.code, procedure=definition.procedure,
        procedure_name=Text(definition.name.vi, definition.name.en), title=opinion.title, question=opinion.question,
        asked_by=showing.agency(opinion.asked_by), asked_at=opinion.asked_at, due_at=opinion.due_at,
        answered_at=opinion.answered_at, agrees=opinion.agrees, answer=opinion.answer,
    )  # fmt: skip
