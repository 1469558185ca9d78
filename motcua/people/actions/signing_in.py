"""Accounts, passwords, and the rations of failed tries (docs/decisions/0010-sign-in.md)."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.people import events, rules
from motcua.people.models import Account, SignInCount

KNOWN_FOR = timedelta(days=90)
LONGEST_PASSWORD = 200
# A password check is slow on purpose. Two at a time in a process and six in line, the next is told to come back:
# a rush at this door leaves the other threads of the server to everybody else.
AT_ONCE = BoundedSemaphore(2)
IN_LINE = BoundedSemaphore(8)


def sign_in(login: str, password: str, address: str, *, at: datetime) -> Account:
    """The account whose password this is. The try is counted before the password is looked at.

    ``address`` is the network address of the person. Raises `Refused` ``sign_in_locked`` (``minutes`` to
    wait) without looking at the password, ``sign_in_failed`` for a wrong login or password or a closed
    account (not told apart, also not by the time it takes), ``sign_in_busy``. Effects: counts the try in
    a transaction of its own (so it refuses to run inside another), and gives it back when it was good.
    """
    name = rules.compact(login).lower()[:64]
    keys = _keys(name, rules.network(address))
    with _turn():
        known = _spend(keys, at)
        account = Account.objects.filter(login=name, is_active=True).first()
        right = _is_right(account, password)
    if not right:
        raise Refused("sign_in_failed")
    assert account is not None
    _give_back(keys, known, at)
    return account


def open_account(login: str, password: str, *, at: datetime) -> Account:
    """A new account that nobody stands behind yet: to be called in the transaction that says whose it is.

    Raises `Invalid` ``login_malformed``, ``password_weak`` (``reasons``) and `Refused` ``login_taken``.
    """
    account = Account(login=rules.login_name(login), created_at=at)
    account.password = _hash(password, account)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refused("login_taken") from None
    return account


@transaction.atomic
def change_password(account: Account, old: str, new: str, *, by: Actor, at: datetime) -> None:
    """Replace the password; every other session of the account ends by it.

    Raises `Forbidden` ``password_wrong`` when ``old`` is not the present one, `Invalid` ``password_weak``.
    """
    with _turn():
        right = _is_right(account, old)
    if not right:
        raise Forbidden("password_wrong")
    account.password = _hash(new, account)
    account.save(update_fields=["password"])
    ledger.append(f"account:{account.id}", [events.PasswordChanged(str(account.id))], by=by, at=at)


def forget_sign_in_counts(*, at: datetime) -> int:
    """Remove counts that no longer matter; returns how many. Nothing about them is worth a fact."""
    over = Q(known_until__isnull=True) | Q(known_until__lt=at)
    removed, _ = SignInCount.objects.filter(over, last_at__lt=at - rules.LOGIN_UNDER_ATTACK.wait).delete()
    return removed


def _keys(name: str, network: str) -> tuple[str, str, str]:
    """The keys of the address, the login and the pair, always counted and locked in this order."""
    wanted = (f"address {network}", f"login {name}", f"pair {network} {name}")
    address, login, pair = (
        salted_hmac("motcua.people.sign_in", text, algorithm="sha256").hexdigest() for text in wanted
    )
    return address, login, pair


def _spend(keys: tuple[str, str, str], at: datetime) -> bool:
    """Count one try; True when this login is known at this address. Raises ``sign_in_locked``."""
    with transaction.atomic(durable=True):
        address, login, pair = (_count(key, at) for key in keys)
        known = pair.known_until is not None and pair.known_until > at
        if known:
            _add(pair, rules.PAIR, at)
            return True
        attacked = rules.is_attacked(login.failures, _wait_left(login, rules.LOGIN_UNDER_ATTACK, at))
        _add(address, rules.ADDRESS, at)
        _add(pair, rules.PAIR_UNDER_ATTACK if attacked else rules.PAIR, at)
        _add(login, rules.Ration(2**31 - 2, rules.LOGIN_UNDER_ATTACK.wait), at)
        return False


def _count(key: str, at: datetime) -> SignInCount:
    """The row of a key, made when missing, locked until the transaction ends."""
    SignInCount.objects.bulk_create([SignInCount(key=key, last_at=at)], ignore_conflicts=True)
    return SignInCount.objects.select_for_update().get(key=key)


def _add(count: SignInCount, ration: rules.Ration, at: datetime) -> None:
    count.failures = rules.spend(ration, count.failures, _wait_left(count, ration, at))
    count.last_at = at
    count.save(update_fields=["failures", "last_at"])


def _wait_left(count: SignInCount, ration: rules.Ration, at: datetime) -> timedelta:
    return count.last_at + ration.wait - at


def _give_back(keys: tuple[str, str, str], known: bool, at: datetime) -> None:
    address, login, pair = keys
    with transaction.atomic():
        if not known:
            given = Greatest(F("failures") - 1, 0)
            SignInCount.objects.filter(key=address).update(failures=given)
            SignInCount.objects.filter(key=login).update(failures=given)
        SignInCount.objects.filter(key=pair).update(failures=0, known_until=at + KNOWN_FOR)


def _is_right(account: Account | None, password: str) -> bool:
    """Whether this is the password; takes as long for an account that does not exist."""
    typed = _one_spelling(password[: LONGEST_PASSWORD + 1])
    if account is None or len(typed) > LONGEST_PASSWORD:
        make_password(typed)
        return False
    return account.check_password(typed)


def _one_spelling(password: str) -> str:
    """The same password from every keyboard: composed letters (NFC), nothing that has no bytes in UTF-8."""
    return unicodedata.normalize("NFC", password.encode(errors="replace").decode())


@contextmanager
def _turn() -> Iterator[None]:
    if not IN_LINE.acquire(blocking=False):
        raise Refused("sign_in_busy")
    try:
        with AT_ONCE:
            yield
    finally:
        IN_LINE.release()


def _hash(password: str, account: Account) -> str:
    typed = _one_spelling(password[: LONGEST_PASSWORD + 1])
    if len(typed) > LONGEST_PASSWORD:
        raise Invalid("password_weak", reasons=["password_too_long"])
    try:
        validate_password(typed, account)
    except ValidationError as weak:
        raise Invalid("password_weak", reasons=[error.code for error in weak.error_list]) from None
    with _turn():
        return make_password(typed)
