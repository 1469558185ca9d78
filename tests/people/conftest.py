"""A small tree of agencies and the people in it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.people import actions
from motcua.people.models import Agency, Citizen

START = date(2020, 1, 1)
PASSWORD = "mùa thu Hà Nội 1954"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """The slowness of argon2 is its maker's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def agency(db: None, noon: datetime) -> Callable[..., Agency]:
    """Makes an agency: ``agency("H99.101", parent=…, level=…)``."""

    def make(code: str, **more: Any) -> Agency:
        known = {"name": f"Ủy ban nhân dân {code}", "level": "commune", "valid_from": START, **more}
        return actions.create_agency(actions.NewAgency(code, **known), by=SYSTEM, at=noon)

    return make


@pytest.fixture
def lan(db: None, noon: datetime) -> Citizen:
    """A citizen with an account: ``me.lan``."""
    person = actions.Person("Nguyễn Thị Lan", "001196000101", date(1996, 3, 12), "female", phone="0900000101")
    return actions.sign_up("me.lan", PASSWORD, person, at=noon)
