"""Officers at the desk for tests: who sits down, at what time, and what they post."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client

from motcua.dossiers.models import Dossier, Standing
from motcua.people.models import Account

BACKEND = "motcua.people.queries.Sessions"


@dataclass
class Clock:
    """The time it is for the pages."""

    at: datetime


def signed_in(login: str) -> Client:
    """A browser in which ``login`` has signed in."""
    client = Client()
    client.force_login(Account.objects.get(login=login), backend=BACKEND)
    return client


def seated(login: str, agency: object) -> Client:
    """The same, working for ``agency``."""
    client = signed_in(login)
    session = client.session
    session["post"] = str(agency)
    session.save()
    return client


def address(dossier: Dossier, more: str = "") -> str:
    """The page of a dossier, or a page below it."""
    return f"/can-bo/ho-so/{dossier.code}/{more}"


def act(client: Client, dossier: Dossier, slug: str, **given: Any) -> Any:
    """Post one move as the page would: with what it showed, and its fields under the move's own names."""
    seen = given.pop("seen", None) or Standing.objects.get(pk=dossier.id).seq
    fields = {f"{slug}-{name}": value for name, value in given.items()}
    return client.post(address(dossier, f"{slug}/"), {"seen": seen, **fields})


def text_of(response: Any) -> str:
    """What a page says, blanks joined."""
    return re.sub(r"\s+", " ", response.content.decode())
