"""Who looked at my data: every way an officer, an agency or another person reads it stands in one list."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import look_at_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Owner
from motcua.mandates import actions as mandates
from motcua.people.actions import look_up_citizen
from motcua.people.models import Citizen, Post
from motcua.people.queries import citizen_actor
from motcua.people.states import DECLARED
from motcua.printing.actions import take_dossier, take_out
from motcua.printing.queries import Book
from motcua.results.models import Result
from motcua.vault.actions import Sharing, look, share, shared_with
from motcua.vault.looks import Key, looks_at_person
from motcua.vault.models import Version
from tests.node import DAY, Node, officer
from tests.sites.desk import Clock, act, address, seated, signed_in

LATER = Key(datetime(2030, 1, 1, tzinfo=UTC))


def lan() -> Citizen:
    return Citizen.objects.get(account__login="me.lan")


def told(who: Citizen, **asked: Any) -> list[tuple[str, str, str, str]]:
    """Kind, reader, agency and purpose, newest first."""
    return [(each.kind, each.who, each.agency, each.purpose)
            for each in looks_at_person(who, before=asked.pop("before", LATER), **asked)]  # fmt: skip


HERE = "Ủy ban nhân dân phường Hoa Sen"


def test_each_way_of_reading_stands_in_the_list_newest_first(mother: Node) -> None:
    dossier, at = Dossier.objects.get(), mother.noon + timedelta(days=1)
    hung = citizen_actor(Citizen.objects.get(account__login="chu.hung"))
    minute = timedelta(minutes=1)
    dossiers.look(dossier.id, "Giải quyết hồ sơ", by=mother.clerk, at=at)
    take_dossier(dossier.id, 3, by=hung, at=at + minute)
    look_up_citizen("001196000101", "Tiếp nhận", by=mother.reception, at=at + 2 * minute)
    book = Book(mother.agency.id, "ho-tich", 2026)
    take_out(book, "xlsx", 1, by=mother.reception, at=at + 3 * minute)
    version = Version.objects.get(result__isnull=False)
    given = share(Sharing(version.id, date(2026, 11, 20), "Vay vốn", identity_number="001085000102"),
                  by=mother.mother, at=at)  # fmt: skip
    shared_with(given.id, by=hung, at=at + 4 * minute)
    look(lan().id, "Tại quầy", procedure="1.001193", by=mother.reception, at=at + 5 * minute)
    assert told(lan()) == [
        ("vault", mother.reception.name, HERE, "Tại quầy"),
        ("vault", "Trần Văn Hùng", "", "shared: Vay vốn"),
        ("dossier", mother.reception.name, HERE, "Xuất sổ theo dõi hồ sơ ra tệp"),
        ("identity", mother.reception.name, HERE, "Tiếp nhận"),
        ("taken", "Trần Văn Hùng", "", ""),
        ("dossier", mother.clerk.name, HERE, "Giải quyết hồ sơ"),
    ]
    first = looks_at_person(lan(), before=LATER, limit=1)
    assert len(first) == 2  # one more than asked for: there is a next page
    rest = looks_at_person(lan(), before=first[0].key, limit=10)
    assert [each.kind for each in rest] == ["vault", "dossier", "identity", "taken", "dossier"]
    assert (rest[-1].dossier, rest[-1].filed) == (dossier.code, True)
    assert (rest[0].title, first[0].procedure) == ("Giấy khai sinh", "1.001193")
    assert told(Citizen.objects.get(pk=hung.id)) == []


def test_ones_own_reading_is_no_look(mother: Node) -> None:
    take_dossier(Dossier.objects.get().id, 3, by=mother.mother, at=mother.noon)
    assert told(lan()) == []


def test_the_person_in_whose_name_it_was_filed_sees_who_looked_once_the_number_is_proven(node: Node) -> None:
    dossier = node.submitted(owner=Owner("Trần Văn Hùng", "001085000102", ""),
                             on_behalf_of={"name": "Trần Văn Hùng", "identity_number": "001085000102",
                                           "basis": "vợ chồng"})  # fmt: skip
    dossiers.look(dossier.id, "Giải quyết hồ sơ", by=node.clerk, at=node.noon)
    hung = Citizen.objects.get(account__login="chu.hung")
    (seen,) = looks_at_person(hung, before=LATER)
    assert (seen.dossier, seen.filed) == (dossier.code, False)
    assert len(told(lan())) == 1
    hung.verification = DECLARED
    assert told(hung) == []


def test_a_look_before_agencies_were_recorded_names_the_post_of_that_day(node: Node) -> None:
    dossier = node.submitted()
    nowhere = type(node.clerk)(node.clerk.ref, node.clerk.name, node.clerk.roles)
    dossiers.look(dossier.id, "Giải quyết hồ sơ", by=nowhere, at=node.noon)
    assert told(lan()) == [("dossier", node.clerk.name, HERE, "Giải quyết hồ sơ")]
    Post.objects.filter(officer=node.clerk.id).update(valid_from=DAY + timedelta(days=1))
    assert told(lan()) == [("dossier", node.clerk.name, "", "Giải quyết hồ sơ")]


def test_lists_that_leave_the_house_are_a_look_at_each_dossier_once_a_day(node: Node) -> None:
    one, two = node.submitted(), node.submitted()
    for _ in range(2):
        look_at_all([one.id, two.id], "Xuất danh sách hồ sơ ra tệp", by=node.reception, at=node.noon)
    assert [each.dossier for each in looks_at_person(lan(), before=LATER)] == [two.code, one.code]


@pytest.fixture
def desk(node: Node, clock: Clock) -> Node:
    """The node, two hours after a filing."""
    assert clock.at > node.noon
    return node


def test_the_desk_and_the_api_leave_a_trace_wherever_they_show_a_dossier(desk: Node) -> None:
    dossier = desk.received().dossier
    clerk, counter = seated("hotich.hoasen", desk.agency.id), seated("tiepnhan.hoasen", desk.agency.id)
    assert act(clerk, dossier, "tu-choi", reason="").status_code == 422
    assert told(lan()) == [("dossier", desk.clerk.name, HERE, "handling")]
    assert counter.get(address(dossier, "in/01/")).status_code == 200
    assert told(lan())[0] == ("dossier", desk.reception.name, HERE, "printing")
    authority = mandates.Authority(
        dossier.stream, "001085000102", "Trần Văn Hùng", DAY + timedelta(days=9), "vợ chồng"
    )
    mandates.give(authority, by=desk.mother, at=desk.noon)
    assert signed_in("chu.hung").get(f"/api/v1/dossiers/{dossier.code}").status_code == 200
    assert told(lan())[0][:2] == ("dossier", "Trần Văn Hùng")
    assert signed_in("me.lan").get(f"/api/v1/dossiers/{dossier.code}").status_code == 200
    assert len(told(lan())) == 3


def test_results_read_before_signing_are_looks_of_their_holder(mother: Node) -> None:
    from motcua.base import ledger
    from motcua.results.events import Looked

    result = Result.objects.get()
    approver = officer("chutich.hoasen", mother.agency)
    stream = f"look-result:{result.id}:{approver.ref}:abc"
    ledger.append_once(stream, Looked(str(result.id), "abc", "Ký số"), by=approver, at=mother.noon)
    assert told(lan()) == [("result", approver.name, HERE, "Ký số")]
