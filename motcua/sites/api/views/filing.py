"""Filing: send the files first, then the dossier that names them."""

from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse

from motcua.base import files, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, Invalid
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue.queries import edition_id_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import papers_of, standing_of
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.filing.actions import submit
from motcua.filing.whose import ask_again
from motcua.people import rules
from motcua.people.queries import resolve
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.access import Caller, sha256_of, ticket
from motcua.sites.api.describing import operation, signed_in
from motcua.sites.api.problems import Denied
from motcua.sites.api.reading import body
from motcua.sites.api.service import answer

router = signed_in("dossiers")
SAME = UUID("7c0f3a52-5d0e-4b8e-9d6a-3f0f6f0d4e11")  # the name space of filings that a program named itself
FILES_A_DAY = 500
ONE_FILE = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
                "required": ["file"],
            }
        }
    },
}


@operation(router, "POST", "/files", shapes.Uploaded, status=201, takes=ONE_FILE, headers=("X-Agency",))
def upload(request: HttpRequest) -> HttpResponse:
    """Send one file as the field ``file`` of multipart/form-data. What it is, is read from its content."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if request.content_type != "multipart/form-data":
        raise Denied(415, "media_type_unsupported", accepted="multipart/form-data")
    sent = request.FILES.getlist("file")
    if len(sent) != 1:
        raise Invalid("body_invalid", fields={"file": "1"})
    count = numbering.next_number(f"api-files:{caller.actor.ref}:{local(caller.at):%y%m%d}")
    if count > FILES_A_DAY:
        raise Denied(429, "too_many_requests")
    kept = files.store(sent[0].chunks(), at=caller.at)
    assert caller.account is not None
    name = ticket(kept.sha256, caller.account)
    return answer(shapes.Uploaded(name, kept.sha256, kept.size, kept.media_type), 201)


@operation(
    router,
    "POST",
    "/dossiers",
    shapes.Position,
    status=201,
    takes=asked.Submission,
    headers=("X-Agency", "Idempotency-Key"),
)
def file(request: HttpRequest) -> HttpResponse:
    """File a dossier. Sent again with the same key and body: the same answer, status 200, and nothing new."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    given = body(request, asked.Submission)
    filing = filing_of(given, caller, filing_id(request.headers.get("Idempotency-Key", ""), caller.actor))
    before = Dossier.objects.filter(pk=filing.id).first()
    if before is None:
        ask_again(filing, by=caller.actor, at=caller.at)
    dossier = before or submit(filing, by=caller.actor, at=caller.at)
    standing = standing_of(dossier)
    again = before is not None or dossier.submitted_at != caller.at  # the latter: two at once, and the other won
    if again:
        _must_be_the_same(filing, given, dossier, str(standing.agency_id))
    return answer(showing.position(standing), 200 if again else 201, Location=f"/api/v1/dossiers/{dossier.code}")


def filing_id(key: str, by: Actor) -> UUID:
    """The id of the filing that ``by`` calls ``key``. Raises `Denied` ``idempotency_key_missing`` (400)."""
    if not 0 < len(key.strip()) <= 200:
        raise Denied(400, "idempotency_key_missing")
    return uuid5(SAME, f"{by.ref} {key.strip()}")


def filing_of(given: asked.Submission, caller: Caller, filing: UUID) -> Filing:
    """What was sent, as the action takes it. Raises `Invalid` ``body_invalid``, ``owner_missing``, ``file_unknown``;
    `Forbidden` ``channel_not_yours``; and what finding agency and edition raises."""
    today = local(caller.at).date()
    if bool(given.procedure) == bool(given.edition):
        raise Invalid("procedure_or_edition")
    channel = given.channel or ("direct" if caller.agency else "online")
    if (channel == "online") == bool(caller.agency):
        raise Forbidden("channel_not_yours")
    assert caller.account is not None
    return Filing(
        id=filing,
        edition=given.edition or edition_id_for(given.procedure, today),
        agency=resolve(given.agency, on=today).id,
        channel=channel,
        owner=owner_of(given, caller),
        answers=given.answers,
        papers=attached(given.papers, caller),
        return_by=given.return_by,
        on_behalf_of=basis_of(given.on_behalf_of),
    )


def owner_of(given: asked.Submission, caller: Caller) -> Owner:
    """Chủ hồ sơ: for whom a citizen files or the citizen; at the counter whom the officer names."""
    named = given.on_behalf_of or (given.owner if caller.agency else None)
    if named:
        number = rules.check_owner_number(named.identity_number) if named.identity_number else ""
        if not clean(named.name):
            raise Invalid("owner_missing")
        return Owner(clean(named.name), number, rules.phone(named.phone) if named.phone else "")
    if caller.citizen is None or given.owner:
        raise Invalid("owner_missing")
    return Owner(caller.citizen.full_name, caller.citizen.identity_number or "", caller.citizen.phone)


def basis_of(named: asked.OnBehalf | None) -> dict[str, str] | None:
    """For whom and on what basis, as it is kept; None when one files for oneself."""
    if named is None:
        return None
    if not clean(named.basis):
        raise Invalid("on_behalf_incomplete")
    return {"name": clean(named.name), "identity_number": named.identity_number, "basis": clean(named.basis)}


def attached(papers: list[asked.Filed], caller: Caller) -> tuple[Attached, ...]:
    """The uploads that a body names, and what it takes from a vault. Raises `Invalid` ``body_invalid`` where a paper has
    neither, ``file_unknown`` for an upload that this account did not send."""
    account = caller.account
    assert account is not None
    if empty := {
        f"papers[{place}].file": "file | source" for place, each in enumerate(papers) if not each.file + each.source
    }:
        raise Invalid("body_invalid", fields=empty)
    return tuple(
        Attached(
            each.paper,
            sha256_of(each.file, account) if each.file else "",
            clean(each.label)[-120:] or ("" if each.source else each.paper),
            each.source,
        )
        for each in papers
    )


def _must_be_the_same(filing: Filing, given: asked.Submission, dossier: Dossier, agency: str) -> None:
    """Raise `Conflict` ``idempotency_key_reused`` unless this filing is the one that made ``dossier``."""
    kept = [
        (each.paper, each.source or each.file_id)
        for each in papers_of(dossier)
        if each.added_at == dossier.submitted_at
    ]
    sent = [(each.paper, each.source or each.sha256) for each in filing.papers]
    told = {key: value for key, value in dossier.on_behalf_of.items() if key != "organisation"}
    now = (filing.channel, filing.owner.name, filing.owner.identity_number, filing.answers, filing.return_by,
           filing.on_behalf_of or {}, str(filing.agency), sorted(sent))  # fmt: skip
    then = (dossier.channel, dossier.owner_name, dossier.owner_identity, dossier.answers, dossier.return_by,
            told, agency, sorted(kept))  # fmt: skip
    if now != then or (given.edition and given.edition != dossier.edition_id):
        raise Conflict("idempotency_key_reused", code=dossier.code)
