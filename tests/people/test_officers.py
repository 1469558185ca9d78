"""Officers: what they may do where is told by posts alone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.people import actions, queries
from motcua.people.models import Agency, Officer, Post

Make = Callable[..., Agency]
DAY = date(2026, 11, 10)


@pytest.fixture
def officer(db: None, noon: datetime) -> Officer:
    account = actions.open_account("tiepnhan.hoasen", "mùa thu Hà Nội", at=noon)
    return actions.take_on(account, "Đỗ Thu Hà", "Công chức", by=SYSTEM, at=noon)


def test_an_officer_acts_with_the_roles_of_the_one_desk(agency: Make, officer: Officer, noon: datetime) -> None:
    ward, other = agency("H99.101"), agency("H99.102")
    actions.appoint(officer, ward, "reception", since=DAY, by=SYSTEM, at=noon)
    actions.appoint(officer, ward, "clerk", since=DAY, by=SYSTEM, at=noon)
    actions.appoint(officer, other, "head", since=DAY, by=SYSTEM, at=noon)
    assert queries.actor_for(officer, ward, on=DAY) == Actor(
        f"officer:{officer.id}", "Đỗ Thu Hà", frozenset({"reception", "clerk"}), str(ward.id)
    )
    assert queries.actor_for(officer, other, on=DAY).roles == {"head"}
    held = [(post.agency.code, post.role) for post in queries.posts_of(officer.account, on=DAY)]
    assert held == [("H99.101", "clerk"), ("H99.101", "reception"), ("H99.102", "head")]


def test_a_post_holds_from_its_first_to_its_last_day(agency: Make, officer: Officer, noon: datetime) -> None:
    ward, last = agency("H99.101"), DAY + timedelta(days=5)
    post = actions.appoint(officer, ward, "clerk", since=DAY, by=SYSTEM, at=noon)
    actions.end_post(post, until=last, by=SYSTEM, at=noon)
    assert queries.actor_for(officer, ward, on=DAY).roles == queries.actor_for(officer, ward, on=last).roles
    for day in (DAY - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Forbidden, match="no_post"):
            queries.actor_for(officer, ward, on=day)
        assert queries.posts_of(officer.account, on=day) == []


def test_the_same_post_is_not_given_twice_at_a_time(agency: Make, officer: Officer, noon: datetime) -> None:
    ward = agency("H99.101")
    first = actions.appoint(officer, ward, "clerk", since=DAY, by=SYSTEM, at=noon)
    with pytest.raises(Refused, match="post_exists"):
        actions.appoint(officer, ward, "clerk", since=DAY + timedelta(days=9), by=SYSTEM, at=noon)
    actions.end_post(first, until=DAY, by=SYSTEM, at=noon)
    actions.appoint(officer, ward, "clerk", since=DAY + timedelta(days=9), by=SYSTEM, at=noon)
    assert Post.objects.count() == 2


def test_an_appointment_that_makes_no_sense_is_refused(agency: Make, officer: Officer, noon: datetime) -> None:
    ward = agency("H99.101", valid_from=DAY)
    with pytest.raises(Invalid, match="role_unknown"):
        actions.appoint(officer, ward, "king", since=DAY, by=SYSTEM, at=noon)
    with pytest.raises(NotFound, match="agency_closed"):
        actions.appoint(officer, ward, "clerk", since=DAY - timedelta(days=1), by=SYSTEM, at=noon)
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.appoint(officer, ward, "clerk", since=DAY, by=Actor(f"officer:{officer.id}"), at=noon)
    assert Post.objects.count() == 0


def test_a_post_ends_once_and_not_before_it_began(agency: Make, officer: Officer, noon: datetime) -> None:
    post = actions.appoint(officer, agency("H99.101"), "clerk", since=DAY, by=SYSTEM, at=noon)
    with pytest.raises(Invalid, match="period_backwards"):
        actions.end_post(post, until=DAY - timedelta(days=1), by=SYSTEM, at=noon)
    actions.end_post(post, until=DAY, by=SYSTEM, at=noon)
    with pytest.raises(Refused, match="post_ended"):
        actions.end_post(post, until=DAY, by=SYSTEM, at=noon)


def test_a_closed_account_holds_no_desk(agency: Make, officer: Officer, noon: datetime) -> None:
    ward = agency("H99.101")
    actions.appoint(officer, ward, "clerk", since=DAY, by=SYSTEM, at=noon)
    officer.account.is_active = False
    officer.account.save()
    assert queries.posts_of(officer.account, on=DAY) == []
    assert queries.colleagues(ward, role="clerk", on=DAY) == []
    with pytest.raises(Forbidden, match="no_post"):
        queries.actor_for(officer, ward, on=DAY)


def test_colleagues_are_listed_by_vietnamese_name(agency: Make, noon: datetime) -> None:
    ward = agency("H99.101")
    for login, name in (("mot", "Đỗ Hà"), ("hai", "Ân Vi"), ("ba.ba", "Dương Ngọc")):
        account = actions.open_account(login.ljust(3, "x"), "mùa thu Hà Nội", at=noon)
        officer = actions.take_on(account, name, by=SYSTEM, at=noon)
        actions.appoint(officer, ward, "clerk", since=DAY, by=SYSTEM, at=noon)
    found = [officer.full_name for officer in queries.colleagues(ward, role="clerk", on=DAY)]
    assert found == ["Ân Vi", "Đỗ Hà", "Dương Ngọc"]


@pytest.mark.parametrize("desks", [1, 3])
def test_posts_take_one_query_for_one_and_for_three(
    agency: Make, officer: Officer, noon: datetime, desks: int, django_assert_num_queries: Callable
) -> None:
    for number in range(desks):
        actions.appoint(officer, agency(f"H99.10{number}"), "clerk", since=DAY, by=SYSTEM, at=noon)
    with django_assert_num_queries(1):
        found = queries.posts_of(officer.account, on=DAY)
        assert len([post.agency.name + post.officer.full_name for post in found]) == desks
