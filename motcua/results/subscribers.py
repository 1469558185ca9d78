"""What results do when facts appear: a result that was issued gets its document, or one that waits for signatures."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from motcua.base import files
from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber
from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.forms import label, shown
from motcua.results import actions, queries
from motcua.results.letterhead import heading
from motcua.results.models import Result
from motcua.results.ports import Typesetter
from motcua.signing.certificates import named
from motcua.signing.ports import Key, Keys

CONTACTS = {"citizen.phone", "citizen.email"}


def make_documents(facts: Sequence[Row]) -> None:
    """Render the PDF of every result issued; one that has its document already is left alone (replay is harmless).

    Where somebody can sign it, it waits for that: a signature is made outside any transaction (see `jobs`). One whose
    signature was given to somebody else is made again: it names who signs.
    """
    for fact in facts:
        result = queries.by_id(fact.stream.partition(":")[2])
        if result.file_id is not None:
            continue
        person, names = signers(result)
        pdf = render(result, names)
        if names:
            actions.ask_signature(result, pdf, result.signer_id if person else None, by=SYSTEM, at=fact.at)
        else:
            actions.document(result, pdf, by=SYSTEM, at=fact.at)


def signers(result: Result) -> tuple[bool, list[str]]:
    """Whether the officer who decided signs in person, and the names of all who sign; none: nobody can.

    A key that can't be reached now is still one: the result waits for it.
    """
    keys, officer = provider(Keys), result.signer
    person = signer(partial(keys.of_person, officer.account.login), officer.full_name) if officer else ""
    agency = signer(partial(keys.of_agency, result.agency.code), result.agency.name)
    return bool(person), [name for name in (person, agency) if name]


def signer(find: Callable[[], Key | None], otherwise: str) -> str:
    """Whom the certificate of a key names; ``otherwise`` when it can't be read now, empty when there is no key."""
    try:
        key = find()
    except Refused:
        return otherwise
    return next(filter(None, named(key.certificate)), otherwise) if key else ""


def render(result: Result, signed_by: Sequence[str] = ()) -> bytes:
    """The PDF of a result, from its template: the decision, its agency's head, the address that checks it.

    ``signed_by`` are the names of those who will sign it; the sheet says plainly when there is nobody.
    """
    officer = result.signer
    data = {
        **result.content,
        **({"decided_by": officer.full_name, "decided_as": officer.title} if officer else {}),
        **heading(result.agency, result.issued_at),
        "number": result.number,
        "check_code": result.check_code,
        "title": result.title,
        "holder": result.holder_name,
        "issued_on": local(result.issued_at).date().isoformat(),
        "verify_url": verify_url(result),
        "rows": answers_told(result.content),
        "signed_by": list(signed_by),
    }
    return provider(Typesetter).pdf(result.template, data, scanned(result.content))


def scanned(content: Mapping[str, Any]) -> dict[str, bytes]:
    """The scanned pages that a certified copy is made of, named as its sheet asks for them; none for any other."""
    found = {}
    for place, each in enumerate(content.get("scans", ())):
        with files.open_file(each["sha256"]) as scan:
            found[f"scan-{place}"] = scan.read()
    return found


def verify_url(result: Result) -> str:
    """The public page that verifies a result; its QR code leads there."""
    asked = urlencode({"so": result.number, "ma": result.check_code}, safe="/")
    return f"{settings.SITE_ADDRESS}/ket-qua/?{asked}"


def answers_told(content: Mapping[str, Any]) -> list[list[str]]:
    """The answers a result rests on as question and answer, in the form's order; how to reach a person stays out.

    Empty where the content names no ``edition``. Lists of people or things become numbered lines.
    """
    if not content.get("edition"):
        return []
    fields, answers = plan(UUID(content["edition"])).form_definition["properties"], content["answers"]
    asked = [name for name in fields if name in answers and told_on_paper(fields[name])]
    return [row for name in asked for row in answer_rows(fields[name], answers[name])]


def told_on_paper(field: Mapping[str, Any]) -> bool:
    """Whether an answer belongs on a result: not how to reach a person, not a declaration that can only be ticked."""
    return field.get("x-prefill") not in CONTACTS and "const" not in field


def answer_rows(field: Mapping[str, Any], value: Any) -> list[list[str]]:
    """One answer as rows of question and answer."""
    if field.get("type") != "array":
        return [[label(field), shown(field, value)]]
    inside = field["items"]["properties"]
    lines = [", ".join(shown(inside[key], item[key]) for key in inside if key in item) for item in value]
    return [[f"{label(field)} ({number})", line] for number, line in enumerate(lines, 1)]


MAKING = frozenset({"results.issued", "results.signature_given"})
DOCUMENTS = Subscriber("results.documents", MAKING, make_documents, lambda: None, batch=20)
