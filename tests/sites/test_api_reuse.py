"""A program names where the State has a paper; what the vault does not prove is refused and writes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.results.models import Result
from tests.filing.residence import ANSWERS, KINSHIP, RESIDENCE
from tests.node import Node
from tests.sites.test_api import PDF, program
from tests.vault.conftest import mother  # noqa: F401  # a fixture

KEY = "Idempotency-Key"


@pytest.fixture(autouse=True)
def its(mother: Node, monkeypatch: pytest.MonkeyPatch) -> Node:  # noqa: F811
    monkeypatch.setattr("django.utils.timezone.now", lambda: mother.noon + timedelta(hours=5))
    Node.publish(RESIDENCE, mother.noon)
    return mother


def filing(*papers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"procedure": RESIDENCE, "agency": "H99.101", "answers": ANSWERS, "papers": list(papers), **changes}


def test_a_source_stands_for_a_file_and_the_same_request_again_is_the_same_dossier() -> None:
    lan, source = program("me.lan"), Result.objects.get().stream
    body = filing({"paper": KINSHIP, "source": source})
    answer, again = (lan.post("/dossiers", body, **{KEY: "thường trú"}) for _ in range(2))
    assert (answer.status_code, again.status_code) == (201, 200)
    (shown,) = lan.get(f"/dossiers/{answer.json()['code']}").json()["papers"]
    assert (shown["source"], shown["sha256"]) == (source, Result.objects.get().file_id)
    brought = filing({"paper": KINSHIP, "file": lan.upload(PDF).json()["file"]})
    assert lan.post("/dossiers", brought, **{KEY: "thường trú"}).json()["code"] == "idempotency_key_reused"


def test_what_is_not_proven_is_refused_and_nothing_is_written() -> None:
    lan, hung, officer = program("me.lan"), program("chu.hung"), program("tiepnhan.hoasen", **{"X-Agency": "H99.101"})
    source, file = Result.objects.get().stream, lan.upload(PDF).json()["file"]
    owner = {"owner": {"name": "Nguyễn Thị Lan", "identity_number": "001196000101"}}
    table = [
        (hung, filing({"paper": KINSHIP, "source": source}), 409, "reuse_not_yours"),
        (lan, filing({"paper": KINSHIP, "source": f"result:{new_id()}"}), 409, "reuse_not_yours"),
        (lan, filing({"paper": KINSHIP, "source": "yes"}), 409, "reuse_not_yours"),
        (lan, filing({"paper": KINSHIP, "source": True}), 422, "body_invalid"),
        (lan, filing({"paper": KINSHIP, "reused": True, "file": file}), 422, "body_invalid"),
        (lan, filing({"paper": KINSHIP}), 422, "body_invalid"),
        (lan, filing({"paper": "dien-tich-nha-o", "source": source}), 409, "reuse_other_kind"),
        (lan, filing({"paper": "khac", "source": source}), 409, "reuse_other_kind"),
        (lan, filing({"paper": KINSHIP, "source": source, "file": file}), 409, "reuse_other_file"),
        (officer, filing({"paper": KINSHIP, "source": source}, **owner), 409, "reuse_without_holder"),
    ]
    before = (Dossier.objects.count(), DossierPaper.objects.count(), Fact.objects.count())
    found = [
        (answer.status_code, answer.json()["code"])
        for number, (by, body, *_) in enumerate(table)
        for answer in [by.post("/dossiers", body, **{KEY: str(number)})]
    ]
    assert found == [(status, code) for *_, status, code in table]
    assert (Dossier.objects.count(), DossierPaper.objects.count(), Fact.objects.count()) == before
