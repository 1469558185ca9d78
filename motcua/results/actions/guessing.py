"""How often a PIN may be guessed: claimed before the key is tried, so that guesses sent at once are counted too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.results.events import PinWrong
from motcua.results.models import PinGuesses

GUESSES, PAUSE = 5, timedelta(minutes=15)


@dataclass
class Guess:
    """One try with a PIN; ``wrong`` is what the key said of it."""

    wrong: bool = False


@contextmanager
def one_guess(*, by: Actor, at: datetime) -> Iterator[Guess]:
    """Try the officer's key with a PIN inside. A wrong one is a fact and stays counted for `PAUSE`, any other is given
    back; one that never came back (a lost process) stays counted as well.

    Raises `Refused` ``pin_blocked_for_now`` before the key is asked, after `GUESSES` that were wrong or run just now.
    """
    _claim(by, at)
    guess = Guess()
    try:
        yield guess
    except Refused as no:
        guess.wrong = no.code == "pin_wrong"
        raise
    finally:
        _settle(guess, by, at)


def _claim(by: Actor, at: datetime) -> None:
    PinGuesses.objects.bulk_create([PinGuesses(officer_id=by.id, last_at=at)], ignore_conflicts=True)
    over = Q(last_at__lte=at - PAUSE)
    one_more = Case(When(over, then=Value(1)), default=F("guesses") + 1)
    free = PinGuesses.objects.filter(over | Q(guesses__lt=GUESSES), officer=by.id)
    if not free.update(guesses=one_more, last_at=at):
        raise Refused("pin_blocked_for_now", minutes=int(PAUSE.total_seconds() // 60))


def _settle(guess: Guess, by: Actor, at: datetime) -> None:
    with transaction.atomic():  # the row is held: wrong guesses are recorded one after another
        counted = PinGuesses.objects.select_for_update().get(officer=by.id)
        if guess.wrong:
            ledger.append(f"pin:{by.ref}", [PinWrong(by.id)], by=by, at=at)
        else:
            PinGuesses.objects.filter(pk=counted.pk, guesses__gt=0).update(guesses=F("guesses") - 1)
