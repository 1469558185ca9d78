"""Signing in: strangers can neither guess in quantity nor lock the owner out."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user, login
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from motcua.base import ledger
from motcua.base.actor import citizen
from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.people import actions, jobs, queries
from motcua.people.actions import signing_in
from motcua.people.models import Account, Citizen, SignInCount

PASSWORD = "mùa thu Hà Nội 1954"
HOME, CAFE, ATTACKER = "203.0.113.7", "198.51.100.4", "192.0.2.66"
MINUTE = timedelta(minutes=1)


def outcome(password: str, address: str, at: datetime, login: str = "me.lan") -> str:
    """The code of the refusal, or "in"."""
    try:
        actions.sign_in(login, password, address, at=at)
    except Refused as refused:
        return refused.code
    return "in"


def test_the_right_password_signs_in_however_the_login_is_typed(lan: Citizen, noon: datetime) -> None:
    assert actions.sign_in(" ME.Lan", PASSWORD, HOME, at=noon) == lan.account


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("me.lan", "sai"),
        ("me.lan", ""),
        ("khong.co", PASSWORD),
        ("", ""),
        ("me.lan", "x" * 10_000),
        ("\x00'--", "\ud800"),
        ("\ud800", "x"),
    ],
)
def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(
    lan: Citizen, noon: datetime, login: str, password: str
) -> None:
    assert outcome(password, HOME, noon, login) == "sign_in_failed"


def test_a_password_is_the_same_from_every_keyboard(lan: Citizen, noon: datetime) -> None:
    assert outcome(unicodedata.normalize("NFD", PASSWORD), HOME, noon) == "in"


def test_a_closed_account_answers_like_a_wrong_password(lan: Citizen, noon: datetime) -> None:
    Account.objects.update(is_active=False)
    assert outcome(PASSWORD, HOME, noon) == "sign_in_failed"
    assert queries.Sessions().get_user(lan.account_id) is None


def test_a_hundred_failures_elsewhere_do_not_keep_the_owner_out(lan: Citizen, noon: datetime) -> None:
    answers = [outcome(f"sai {number}", ATTACKER, noon + number * MINUTE / 60) for number in range(100)]
    assert answers == ["sign_in_failed"] * 5 + ["sign_in_locked"] * 95
    assert outcome(PASSWORD, HOME, noon + 2 * MINUTE) == "in"


def test_the_attackers_own_door_is_shut_and_opens_after_the_wait(lan: Citizen, noon: datetime) -> None:
    for _ in range(5):
        outcome("sai", ATTACKER, noon)
    assert outcome(PASSWORD, ATTACKER, noon + 14 * MINUTE) == "sign_in_locked"
    assert outcome("sai", ATTACKER, noon + 15 * MINUTE) == "sign_in_failed"
    assert outcome(PASSWORD, ATTACKER, noon + 15 * MINUTE) == "in"


def test_trying_during_a_wait_does_not_make_it_longer(lan: Citizen, noon: datetime) -> None:
    for second in range(0, 15 * 60, 30):
        outcome("sai", ATTACKER, noon + timedelta(seconds=second))
    assert outcome(PASSWORD, ATTACKER, noon + 18 * MINUTE) == "in"


def test_the_refusal_tells_how_many_minutes_to_wait(lan: Citizen, noon: datetime) -> None:
    for _ in range(5):
        outcome("sai", HOME, noon)
    with pytest.raises(Refused) as raised:
        actions.sign_in("me.lan", PASSWORD, HOME, at=noon + 4 * MINUTE)
    assert raised.value.details == {"minutes": 11}


def test_many_addresses_at_once_shorten_the_ration_of_newcomers_but_never_close(lan: Citizen, noon: datetime) -> None:
    for host in range(50):
        assert outcome("sai", f"192.0.2.{host}", noon) == "sign_in_failed"
    assert [outcome("sai", CAFE, noon) for _ in range(2)] == ["sign_in_failed", "sign_in_locked"]
    assert outcome(PASSWORD, HOME, noon) == "in"


def test_an_address_the_owner_used_before_keeps_its_full_ration_under_attack(lan: Citizen, noon: datetime) -> None:
    assert outcome(PASSWORD, HOME, noon) == "in"
    for host in range(50):
        outcome("sai", f"192.0.2.{host}", noon)
    assert [outcome("sai", HOME, noon) for _ in range(4)] == ["sign_in_failed"] * 4
    assert outcome(PASSWORD, HOME, noon) == "in"


def test_a_login_is_no_longer_attacked_an_hour_after_the_last_failure(lan: Citizen, noon: datetime) -> None:
    for host in range(50):
        outcome("sai", f"192.0.2.{host}", noon)
    later = noon + 61 * MINUTE
    assert [outcome("sai", CAFE, later) for _ in range(3)] == ["sign_in_failed"] * 3


def test_one_address_that_tries_every_login_is_stopped_and_its_regulars_are_not(lan: Citizen, noon: datetime) -> None:
    assert outcome(PASSWORD, CAFE, noon) == "in"
    answers = [outcome("sai", CAFE, noon, f"login.{number}") for number in range(310)]
    assert answers == ["sign_in_failed"] * 300 + ["sign_in_locked"] * 10
    assert outcome(PASSWORD, CAFE, noon) == "in"
    assert outcome("sai", HOME, noon, "login.1") == "sign_in_failed"


def test_good_tries_are_given_back(lan: Citizen, noon: datetime) -> None:
    for _ in range(3):
        assert [outcome("sai", HOME, noon) for _ in range(4)] == ["sign_in_failed"] * 4
        assert outcome(PASSWORD, HOME, noon) == "in"
    assert sorted(SignInCount.objects.values_list("failures", flat=True)) == [0, 4, 4]


def test_the_table_tells_neither_logins_nor_addresses(lan: Citizen, noon: datetime) -> None:
    outcome("sai", HOME, noon)
    stored = str(list(SignInCount.objects.values()))
    assert "me.lan" not in stored and HOME not in stored
    assert SignInCount.objects.count() == 3


def test_counts_that_no_longer_matter_are_forgotten(lan: Citizen, noon: datetime) -> None:
    outcome("sai", ATTACKER, noon)
    outcome(PASSWORD, HOME, noon)
    assert actions.forget_sign_in_counts(at=noon + 59 * MINUTE) == 0
    assert actions.forget_sign_in_counts(at=noon + 61 * MINUTE) == 4
    assert SignInCount.objects.get().known_until == noon + timedelta(days=90)
    assert actions.forget_sign_in_counts(at=noon + timedelta(days=91)) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_get_five_looks(noon: datetime) -> None:
    actions.sign_up("me.lan", PASSWORD, actions.Person("Nguyễn Thị Lan"), at=noon)

    def guess(number: int) -> str:
        try:
            return outcome(f"sai {number}", ATTACKER, noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(guess, range(20)))
    assert answers == ["sign_in_failed"] * 5 + ["sign_in_locked"] * 15


def test_when_the_line_is_long_people_are_told_at_once_and_nothing_is_counted(lan: Citizen, noon: datetime) -> None:
    with ExitStack() as line:
        for _ in range(8):
            line.enter_context(signing_in.IN_LINE)
        assert outcome(PASSWORD, HOME, noon) == "sign_in_busy"
    assert SignInCount.objects.count() == 0
    assert outcome(PASSWORD, HOME, noon) == "in"


def test_the_hourly_job_forgets(db: None) -> None:
    outcome("sai", ATTACKER, datetime(2020, 1, 1, tzinfo=UTC))
    assert jobs.forget_sign_in_counts() == 3
    assert SignInCount.objects.count() == 0


def test_no_way_of_django_goes_around_the_rations(lan: Citizen) -> None:
    assert queries.Sessions().authenticate(None, login="me.lan", password=PASSWORD) is None
    assert queries.Sessions().get_user(lan.account_id) == lan.account


def test_a_session_leads_back_to_the_account_until_it_is_closed(lan: Citizen, client: Client) -> None:
    request = HttpRequest()
    request.session = client.session
    login(request, lan.account)
    assert get_user(request) == lan.account
    Account.objects.update(is_active=False)
    assert get_user(request).is_anonymous


def test_a_new_password_replaces_the_old_and_ends_other_sessions(lan: Citizen, noon: datetime) -> None:
    account = lan.account
    assert account is not None
    session_hash, me = account.get_session_auth_hash(), citizen(lan.id)
    with pytest.raises(Forbidden, match="password_wrong"):
        actions.change_password(account, "sai", "mùa xuân 1975 đó", by=me, at=noon)
    with pytest.raises(Invalid, match="password_weak"):
        actions.change_password(account, PASSWORD, "12345678", by=me, at=noon)
    assert outcome(PASSWORD, HOME, noon) == "in"
    actions.change_password(account, PASSWORD, "mùa xuân 1975 đó", by=me, at=noon)
    assert outcome(PASSWORD, HOME, noon) == "sign_in_failed"
    assert outcome("mùa xuân 1975 đó", HOME, noon) == "in"
    assert account.get_session_auth_hash() != session_hash
    assert [fact.data for fact in ledger.facts_of(f"account:{account.id}")] == [{"account": str(account.id)}]


@pytest.mark.django_db
def test_passwords_are_kept_as_argon2(settings: object, noon: datetime) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    assert actions.open_account("can.bo", PASSWORD, at=noon).password.startswith("argon2$argon2id$")
