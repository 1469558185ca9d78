"""Who stands at the counter: looked up by number, known things filled in, an earlier dossier copied."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as now_

from motcua import forms
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.desks.queries import earlier
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.people import actions as people
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import organisation_by_code, prefill_sources, represents
from motcua.people.rules import check_identity_number
from motcua.people.states import DECLARED
from motcua.results.queries import represented
from motcua.sites.desk.intake import Counter
from motcua.sites.frame.refusals import said

PURPOSE = "counter"
BASIS = "Người đại diện của tổ chức"
NAME_ON_CARD = 2  # number | old number | name | day of birth | gender | address | day of issue
COPIED = "Chép nội dung khai sang hồ sơ mới"


def look_up(counter: Counter, *, by: Actor, at: datetime) -> Citizen | Organisation | None:
    """Fill in what is known of who has the number typed; what was typed before stays. An organisation is given back
    where who stands there represents it today.

    Effects: the look is a fact. A number that can't be is told in the note.
    """
    given = read_card(counter)
    try:
        if counter.for_organisation:
            return _organisation(counter, by=by, at=at)
        citizen = people.look_up_citizen(given.get("owner_identity", ""), PURPOSE, by=by, at=at)
    except Refused as no:
        words = said(no)
        counter.note = f"{words.what} {words.do}"
        return None
    number = check_identity_number(given["owner_identity"]).number
    counter.earlier = earlier(number, counter.plan.code, by)
    if citizen is None:
        counter.note = now_("Chưa có ai đăng ký với số này. Hãy nhập theo thẻ căn cước.")
    else:
        fill_in(counter, citizen)
    return citizen


def _organisation(counter: Counter, *, by: Actor, at: datetime) -> Organisation | None:
    """Raises `NotFound` ``organisation_unknown`` and `Invalid` for numbers that can't be."""
    found, number = organisation_by_code(counter.given("owner_identity")), counter.given("filer_identity")
    counter.give_missing(owner_name=found.name)
    who = people.look_up_citizen(number, PURPOSE, by=by, at=at) if number else None
    if who is None or who.verification == DECLARED or not represents(who.id, found.id):
        words = now_("%(name)s. Muốn xem kho dữ liệu của tổ chức, hãy nhập số định danh của người đang đại diện.")
        counter.note = words % {"name": found.name}
        return None
    counter.person, counter.note = who.id, f"{found.name}: {who.full_name}."
    counter.give_missing(filer_name=who.full_name, filer_basis=BASIS)
    prefill(counter, prefill_sources(who, found))
    return found


def prefill(counter: Counter, sources: dict[str, dict[str, str]]) -> None:
    """Put what the State knows among the answers that are still empty."""
    known = forms.prefill(counter.plan.form_definition, sources)
    counter.prefilled = {name for name in known if name not in counter.answers}
    counter.answers = known | counter.answers


def read_card(counter: Counter) -> dict[str, str]:
    """What was typed about the owner; the text of a card's QR code is taken apart."""
    parts = counter.given("owner_identity").split("|")
    number = parts[0].strip()
    name = parts[NAME_ON_CARD].strip() if len(parts) > NAME_ON_CARD else ""
    counter.give(owner_identity=number, **({"owner_name": name} if name else {}))
    return {"owner_identity": number}


def fill_in(counter: Counter, citizen: Citizen) -> None:
    """Put what the State knows into boxes that are still empty, and say how far it was verified."""
    counter.give_missing(owner_name=citizen.full_name, owner_phone=citizen.phone)
    prefill(counter, prefill_sources(citizen))
    if citizen.verification == DECLARED:
        counter.note = now_("%(name)s có tài khoản tự khai, chưa xác minh: hãy đối chiếu kỹ với giấy tờ.")
    else:
        counter.note = now_("%(name)s đã được xác minh danh tính.")
    counter.note = counter.note % {"name": citizen.full_name}


def copy_earlier(counter: Counter, chosen: str, *, by: Actor, at: datetime) -> None:
    """Take over the answers of an earlier dossier that the present form still accepts; what was typed stays.

    Only a dossier of this agency, procedure and person. Effects: the look is a fact. Raises `NotFound`
    ``dossier_unknown``.
    """
    try:
        number = check_identity_number(counter.given("owner_identity")).number
    except Invalid as no:  # changed since the look-up: told, and everything typed stays
        counter.note = said(no).what
        return counter.give()
    counter.earlier = earlier(number, counter.plan.code, by)
    found = next((each for each in counter.earlier if str(each.pk) == chosen), None)
    if found is None:
        raise NotFound("dossier_unknown")
    actions.look(found.pk, COPIED, by=by, at=at)
    fitting = still_fitting(counter, found)
    counter.prefilled = {name for name in fitting if name not in counter.answers}
    counter.answers = fitting | counter.answers
    dossier = found.dossier
    counter.give_missing(owner_name=dossier.owner_name, owner_phone=dossier.owner_phone)
    counter.note = now_("Đã chép %(many)d mục từ hồ sơ %(code)s. Hãy kiểm tra lại từng mục với người nộp.") % {
        "many": len(counter.prefilled), "code": dossier.code,
    }  # fmt: skip


def still_fitting(counter: Counter, earlier_one: Standing) -> dict[str, object]:
    """The answers that the present edition asks for and accepts."""
    form = counter.plan.form
    asked = {name: value for name, value in earlier_one.dossier.answers.items() if name in form.fields}
    wrong = {path.partition("-")[0] for path in form.check(asked)}
    return {name: value for name, value in asked.items() if name not in wrong}


def filer_of(counter: Counter, *, by: Actor, at: datetime) -> UUID | None:
    """The citizen whose account the dossier goes to: verified, and the card was seen now; None otherwise. For an
    organisation, who represents it today.

    A number that somebody merely claimed proves nothing: such an account gets nobody's dossier. Raises `Invalid`
    ``card_of_another``, ``online_needs_account``, ``filer_not_representative``.
    """
    given = counter.owner.cleaned_data
    number = given["filer_identity"] if counter.for_organisation else given["owner_identity"]
    citizen = None
    if given["card_seen"]:
        if given["filer_name"] and not (counter.for_organisation and number):
            raise Invalid("card_of_another")
        if number:
            citizen = people.look_up_citizen(number, PURPOSE, by=by, at=at)
    filer = citizen.id if citizen and citizen.verification != DECLARED else None
    stranger = counter.for_organisation and represented(filer, given["owner_identity"]) is None
    if number and given["card_seen"] and stranger:
        raise Invalid("filer_not_representative")
    if given["return_by"] == "online" and filer is None:
        raise Invalid("online_needs_account")
    return filer
