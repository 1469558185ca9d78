"""The shipped agencies and demo people."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from motcua.base import ledger
from motcua.base.errors import Refused
from motcua.base.models import Fact
from motcua.people import actions, checks, queries
from motcua.people.models import Account, Agency, Citizen, Officer, Post

TODAY = date(2026, 11, 10)


def shipped(name: str) -> Any:
    """What a file of data/ holds, as plain values."""
    return yaml.safe_load(Path(settings.DATA, name).read_text(encoding="utf-8"))


@pytest.fixture
def told(db: None, noon: datetime) -> dict[str, int]:
    """The demo node, loaded; what the loaders told."""
    agencies = actions.load_agencies(shipped("agencies.yaml")["agencies"], at=noon)
    return agencies | actions.load_people(shipped("people.yaml"), at=noon)


def test_the_demo_node_loads_and_holds_together(told: dict[str, int]) -> None:
    people = shipped("people.yaml")
    assert told["citizens_new"] == Citizen.objects.count() == len(people["citizens"])
    assert told["officers_new"] == Officer.objects.count() == len(people["officers"])
    assert told["agencies_new"] == Agency.objects.count()
    found = [*checks.check_agency_tree(), *checks.check_codes_overlap(), *checks.check_posts()]
    assert found + checks.check_verified_citizens() == []


def test_loading_again_changes_nothing(told: dict[str, int], noon: datetime) -> None:
    before = (Fact.objects.count(), Post.objects.count(), sorted(Account.objects.values_list("password")))
    agencies = actions.load_agencies(shipped("agencies.yaml")["agencies"], at=noon)
    people = actions.load_people(shipped("people.yaml"), at=noon)
    assert set(agencies) == {"agencies_unchanged"}
    assert set(people) == {"citizens_unchanged", "organisations_unchanged", "officers_unchanged"}
    after = (Fact.objects.count(), Post.objects.count(), sorted(Account.objects.values_list("password")))
    assert after == before


def test_a_changed_name_is_loaded_as_a_change(told: dict[str, int], noon: datetime) -> None:
    entries = shipped("agencies.yaml")["agencies"]
    entries[0]["name"]["en"] = "Another Ministry"
    again = actions.load_agencies(entries, at=noon)
    assert again["agencies_changed"] == 1
    ministry = queries.resolve(entries[0]["code"], on=TODAY)
    assert ledger.facts_of(f"agency:{ministry.id}")[-1].data["fields"] == ["name_en"]


def test_an_old_commune_and_its_older_code_lead_to_the_new_commune(told: dict[str, int]) -> None:
    new = queries.resolve("H99.101", on=TODAY)
    for code in ("H99.21.01", "H99.21.02", "H99.21.09", "000.01.21.H99"):
        assert queries.resolve(code, on=TODAY) == new
    assert queries.resolve("H99.21.01", on=date(2025, 6, 30)).name == "Ủy ban nhân dân xã Sen Hồng"
    assert queries.resolve("H99.204", on=TODAY) == queries.resolve("H99.104", on=TODAY)


def test_every_demo_account_signs_in_with_the_demo_password(told: dict[str, int], noon: datetime) -> None:
    people = shipped("people.yaml")
    for entry in [*people["citizens"][:2], *people["officers"][:2]]:
        account = actions.sign_in(entry["login"], people["password"], "127.0.0.1", at=noon)
        assert account.login == entry["login"]
        assert (queries.citizen_of(account) is None) != (queries.officer_of(account) is None)


def test_each_agency_that_decides_has_somebody_to_receive_and_to_approve(told: dict[str, int]) -> None:
    deciding = [one for one in queries.agencies(on=TODAY) if one.level in ("commune", "department", "ministry")]
    alone = [
        (one.code, role)
        for one in deciding
        for role in ("reception", "clerk", "approver")
        if not queries.colleagues(one, role=role, on=TODAY)
    ]
    assert alone == []


def test_a_broken_entry_loads_nothing_at_all(db: None, noon: datetime) -> None:
    broken = {"code": "?", "name": {"vi": "x"}, "level": "commune", "since": TODAY}
    entries = [*shipped("agencies.yaml")["agencies"][:2], broken]
    with pytest.raises(Refused, match="agency_code_malformed"):
        actions.load_agencies(entries, at=noon)
    assert (Agency.objects.count(), Fact.objects.count()) == (0, 0)


def test_the_representative_acts_for_the_company(told: dict[str, int], django_assert_num_queries: Callable) -> None:
    who = Account.objects.get(login=shipped("people.yaml")["organisations"][0]["representative"]).citizen
    with django_assert_num_queries(1):
        assert [one.tax_code for one in queries.organisations_of(who)] == ["9900010014"]
