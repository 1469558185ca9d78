"""Filing in one statement: the number, the chain and the refusals are what they would be step by step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from motcua.base import ledger
from motcua.base.errors import NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.models import Counter, Fact
from motcua.catalogue import actions as catalogue
from motcua.catalogue.models import Edition
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Attached
from motcua.filing.actions import desk_of, submit
from motcua.people.models import Agency
from tests.node import Node, paper


@pytest.fixture(autouse=True)
def _first_look() -> None:
    desk_of.cache_clear()


@pytest.mark.parametrize("papers", [1, 2, 4])
def test_hashes_made_by_the_database_are_those_of_the_ledger(node: Node, papers: int) -> None:
    pdf = paper(node.noon)
    attached = tuple(Attached("giay-chung-sinh", pdf, f"tệp 'số' {number}.pdf") for number in range(papers))
    dossier = node.submitted(papers=attached)
    facts = ledger.facts_of(dossier.stream)
    assert len(facts) == papers + 1
    assert list(ledger.broken_facts("dossier:")) == []
    standing = Standing.objects.get(pk=dossier.pk)
    assert (standing.seq, bytes(standing.tip)) == (papers + 1, facts[-1].hash)
    assert facts[0].data["code"] == dossier.code == Dossier.objects.get(pk=dossier.pk).code


def test_a_number_grows_past_four_digits(node: Node) -> None:
    Counter.objects.create(key="dossier:H99.101:261110", value=9999)
    assert node.submitted().code == "H99.101-261110-10000"


def test_an_agency_recoded_since_this_process_looked_gives_its_new_code(node: Node) -> None:
    assert node.submitted().code.startswith("H99.101-")
    Agency.objects.filter(pk=node.agency.pk).update(code="H99.777")
    assert node.submitted().code == "H99.777-261110-0001"


def test_an_agency_that_lost_the_field_is_refused_and_one_that_got_it_is_not(node: Node) -> None:
    node.submitted()
    Agency.objects.filter(pk=node.agency.pk).update(fields=["dat-dai"])
    with pytest.raises(Refused, match="agency_not_competent"):
        node.submitted()
    Agency.objects.filter(pk=node.agency.pk).update(fields=["dat-dai", "ho-tich"])
    assert node.submitted().code == "H99.101-261110-0002"


def test_an_edition_that_ended_is_refused_and_no_number_is_lost(node: Node) -> None:
    filing = node.filing()
    edition = Edition.objects.get(pk=filing.edition)
    later = node.noon + timedelta(days=3)
    catalogue.expire(edition, date(2026, 11, 12), by=node.approver, at=node.noon)
    before = Fact.objects.count()
    with pytest.raises(Refused, match="edition_not_in_force"):
        submit(filing, by=node.mother, at=later)
    assert (Dossier.objects.count(), Fact.objects.count()) == (0, before)
    assert not Counter.objects.filter(key__startswith="dossier:").exists()


def test_an_agency_that_is_none_is_refused(node: Node) -> None:
    with pytest.raises(NotFound, match="agency_unknown"):
        submit(replace(node.filing(), agency=new_id()), by=node.mother, at=node.noon)


def test_a_filing_that_fails_inside_somebody_elses_transaction_fails_alone(node: Node) -> None:
    filing = node.filing()
    with transaction.atomic():
        first = submit(filing, by=node.mother, at=node.noon)
        again = submit(filing, by=node.mother, at=node.noon)
        assert Dossier.objects.count() == 1
    assert again.code == first.code
