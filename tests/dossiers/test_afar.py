"""Taken in regardless of boundaries: by any reception of the province, and by nobody else."""

from typing import Any

import pytest

from motcua.base.actor import SYSTEM, Actor
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.ledger import broken_facts
from motcua.base.models import Fact
from motcua.desks.queries import at_counter, taken_in
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Attached
from motcua.filing.actions import submit
from motcua.people.actions import merge
from motcua.people.models import Agency
from motcua.results.subscribers import DOCUMENTS
from tests.node import DAY, Node, officer, paper

CARD = "giay-chung-sinh"


def at(login: str, code: str) -> Actor:
    return officer(login, Agency.objects.get(code=code))


@pytest.fixture
def counter(node: Node) -> Actor:
    """The reception of the neighbouring ward."""
    return at("tiepnhan.hoamai", "H99.102")


def from_afar(node: Node, by: Actor, **changes: Any) -> Dossier:
    filing = node.filing(**({"channel": "direct", "return_by": "counter"} | changes))
    return submit(filing, by=by, at=node.noon)


def test_a_neighbour_takes_in_for_the_competent_agency(node: Node, counter: Actor) -> None:
    dossier = from_afar(node, counter)
    standing = Standing.objects.get(pk=dossier.id)
    assert (standing.agency, str(standing.counter_id)) == (node.agency, counter.agency)
    assert dossier.code.startswith("H99.101-")
    names = [fact.name for fact in queries.history(dossier)]
    assert names == ["dossiers.submitted", "dossiers.paper_added", "dossiers.taken_in"]
    taken = queries.history(dossier)[-1]
    assert taken.data == {
        "counter": counter.agency, "name": "Ủy ban nhân dân phường Hoa Mai",
        "from": "submitted", "to": "submitted", "agency": str(node.agency.id),
    }  # fmt: skip
    assert (standing.seq, bytes(standing.tip)) == (taken.seq, taken.hash)
    assert list(broken_facts("dossier:")) == []
    actions.receive(dossier.id, by=node.reception, at=node.noon)


def test_a_centre_takes_in_too(node: Node) -> None:
    dossier = from_afar(node, at("tiepnhan.tinh", "H99.00.01"))
    assert Standing.objects.get(pk=dossier.id).agency == node.agency


def test_an_own_filing_has_no_other_counter(node: Node) -> None:
    dossier = from_afar(node, node.reception)
    assert Standing.objects.get(pk=dossier.id).counter is None


def test_nobody_outside_the_province_takes_in(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_agency"):
        from_afar(node, at("tiepnhan.bo", "G99"))
    with pytest.raises(Forbidden, match="wrong_role"):
        from_afar(node, at("thuly.hoamai", "H99.102"))
    assert not Dossier.objects.exists()
    assert not Fact.objects.filter(stream__startswith="dossier:").exists()


def test_a_forged_agency_that_does_not_decide_is_refused(node: Node, counter: Actor) -> None:
    justice = Agency.objects.get(code="H99.01")
    with pytest.raises(Refused, match="agency_not_competent"):
        from_afar(node, counter, agency=justice.id)
    assert not Dossier.objects.exists()


def test_sent_twice_it_is_one_dossier_and_another_counter_does_not_get_it_by_its_id(
    node: Node, counter: Actor
) -> None:
    filing = node.filing(channel="direct", return_by="counter")
    first = submit(filing, by=counter, at=node.noon)
    assert submit(filing, by=counter, at=node.noon).code == first.code
    for other in (at("tiepnhan.donglua", "H99.103"), at("tiepnhan.tinh", "H99.00.01")):
        with pytest.raises(Refused, match="filing_id_taken"):
            submit(filing, by=other, at=node.noon)
    assert str(Standing.objects.get(pk=first.id).counter_id) == counter.agency


def test_an_own_filing_is_not_captured_from_afar(node: Node, counter: Actor) -> None:
    filing = node.filing(channel="direct", return_by="counter")
    first = submit(filing, by=node.reception, at=node.noon)
    with pytest.raises(Refused, match="filing_id_taken"):
        submit(filing, by=counter, at=node.noon)
    assert Standing.objects.get(pk=first.id).counter is None


def test_the_counter_finds_what_it_took_in_and_nobody_else_does(node: Node, counter: Actor) -> None:
    dossier = from_afar(node, counter)
    assert at_counter(dossier.code, counter).dossier == dossier
    assert [each.pk for each in taken_in(counter)] == [dossier.id]
    clerk = at("thuly.hoamai", "H99.102")
    for other in (at("tiepnhan.donglua", "H99.103"), clerk, node.reception):
        with pytest.raises(NotFound, match="dossier_unknown"):
            at_counter(dossier.code, other)
    with pytest.raises(NotFound, match="dossier_unknown"):
        queries.at_desk(dossier.code, counter)
    assert taken_in(node.reception) == []


def test_who_took_over_the_counter_hands_over_what_it_took_in(node: Node, counter: Actor) -> None:
    dossier = from_afar(node, counter)
    heir = at("tiepnhan.donglua", "H99.103")
    before, after = (Agency.objects.get(code=code) for code in ("H99.102", "H99.103"))
    merge(before, after, on=DAY, by=SYSTEM, at=node.noon)
    assert at_counter(dossier.code, heir).dossier == dossier
    assert [each.pk for each in taken_in(heir)] == [dossier.id]


def test_the_counter_adds_a_supplement_and_does_nothing_else_in_between(node: Node, counter: Actor) -> None:
    dossier = from_afar(node, counter)
    for act in (
        lambda: actions.receive(dossier.id, by=counter, at=node.noon),
        lambda: actions.refuse(dossier.id, "Thiếu", by=counter, at=node.noon),
        lambda: actions.ask_supplement(dossier.id, [CARD], "Mờ", by=counter, at=node.noon),
    ):
        with pytest.raises(NotFound, match="dossier_unknown"):
            act()
    actions.ask_supplement(dossier.id, [CARD], "Bản quét mờ", by=node.reception, at=node.noon)
    brought = [Attached(CARD, paper(node.noon), "bản rõ.pdf")]
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.supplement(dossier.id, brought, by=at("tiepnhan.donglua", "H99.103"), at=node.noon)
    standing = actions.supplement(dossier.id, brought, by=counter, at=node.noon)
    assert (standing.state, standing.agency) == ("submitted", node.agency)


def test_the_result_is_handed_over_where_it_was_taken_in(committed_node: Node) -> None:
    node, counter = committed_node, at("tiepnhan.hoamai", "H99.102")
    dossier = from_afar(node, counter)
    actions.receive(dossier.id, by=node.reception, at=node.noon)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon)
    with pytest.raises(Refused, match="wrong_state"):
        actions.hand_over(dossier.id, by=counter, at=node.noon)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon)
    run_until_read([DOCUMENTS])
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.hand_over(dossier.id, by=at("tiepnhan.donglua", "H99.103"), at=node.noon)
    standing = actions.hand_over(dossier.id, by=counter, at=node.noon, how="counter")
    assert standing.state == "handed_over"
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.close(dossier.id, by=counter, at=node.noon)
