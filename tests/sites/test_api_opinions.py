"""Tasks, opinions and the steps after the decision through the API; who has no right writes nothing."""

from pathlib import Path

import pytest

from motcua.base.models import Fact
from motcua.dossiers.models import Standing
from motcua.opinions.models import Opinion
from motcua.people.models import Account
from motcua.sites.api.access import token_for
from tests.node import Node
from tests.sites.test_api import Program
from tests.stories.life import Life, publish, written


@pytest.fixture
def life(node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    monkeypatch.setattr("django.utils.timezone.now", lambda: node.noon)
    return Life(node, publish(written(), tmp_path, node.noon))


def program(login: str, agency: str) -> Program:
    return Program(token_for(Account.objects.get(login=login)), {"X-Agency": agency})


def test_a_step_with_tasks_and_opinions_is_done_by_programs(life: Life) -> None:
    code, clerk = life.dossier.code, program("hotich.hoasen", "H99.101")
    refused = clerk.move(code, "pass_on", action="pass")
    assert (refused.status_code, refused.json()["code"]) == (409, "tasks_open")
    assert clerk.move(code, "do_task", task="kiem-tra-nha").status_code == 200
    assert clerk.move(code, "ask_opinion", question="Có cư trú không?", opinion="hoa-mai").status_code == 200
    assert clerk.move(code, "pass_on", action="pass").json()["code"] == "opinions_open"

    asked = program("thuly.hoamai", "H99.102")
    (item,) = asked.get("/opinions").json()["items"]
    assert (item["dossier"], item["question"], item["due_at"]) == (code, "Có cư trú không?", "2026-11-11T02:00:00Z")
    assert item["asked_by"]["code"] == "H99.101"
    answered = asked.post(f"/opinions/{item['id']}/answer", {"agrees": True, "answer": "Có, từ 2019"})
    assert (answered.status_code, answered.json()["agrees"]) == (200, True)
    assert asked.get("/opinions").json()["items"] == []
    assert clerk.move(code, "pass_on", action="pass").json()["step"] == "ky"


def test_who_has_no_right_gets_a_no_and_nothing_is_written(life: Life) -> None:
    code = life.dossier.code
    program("hotich.hoasen", "H99.101").move(code, "ask_opinion", question="?", opinion="hoa-mai")
    opinion = Opinion.objects.get()
    before, seen = Fact.objects.count(), Standing.objects.get().seq
    for login, agency, path, body, expected in (
        ("tiepnhan.hoasen", "H99.101", f"/dossiers/{code}/do_task", {"task": "kiem-tra-nha"}, (403, "wrong_step_role")),
        ("chutich.hoasen", "H99.101", f"/dossiers/{code}/ask_opinion", {"question": "?"}, (403, "wrong_step_role")),
        ("tiepnhan.hoasen", "H99.101", f"/dossiers/{code}/pass_on", {"action": "pass"}, (403, "wrong_step_role")),
        ("thuly.hoamai", "H99.102", f"/dossiers/{code}/do_task", {"task": "kiem-tra-nha"}, (404, "dossier_unknown")),
        ("thuly.hoamai", "H99.102", f"/dossiers/{code}/withdraw_opinion", {"opinion": str(opinion.id), "reason": "x"},
         (404, "dossier_unknown")),
    ):  # fmt: skip
        answer = program(login, agency).post(path, {"seen": seen, **body})
        assert (answer.status_code, answer.json()["code"]) == expected
    said = {"agrees": True, "answer": "x"}
    for login, agency, expected in (
        ("tiepnhan.hoamai", "H99.102", (403, "wrong_role")),
        ("thuly.donglua", "H99.103", (404, "opinion_unknown")),
        ("hotich.hoasen", "H99.101", (404, "opinion_unknown")),
    ):
        answer = program(login, agency).post(f"/opinions/{opinion.id}/answer", said)
        assert (answer.status_code, answer.json()["code"]) == expected
    mother = Program(token_for(Account.objects.get(login="me.lan")))
    assert mother.get("/opinions").status_code == 403
    assert mother.post(f"/opinions/{opinion.id}/answer", said).status_code == 403
    assert (Fact.objects.count(), Standing.objects.get().seq) == (before, seen)
