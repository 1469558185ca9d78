"""Tables of results: the registry, and the queue of those that wait for a signature."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.people.models import Agency, Citizen, Officer, Organisation
from motcua.results.rules import state_on, validity_known
from motcua.results.states import LABELS, State


class Result(models.Model):
    """A numbered result. ``check_code`` is the short secret in its QR code: a number alone can be guessed, both cannot.

    ``validity`` are the words of the edition ("unlimited", "6 tháng"), ``valid_until`` the last day they give; None:
    without end, or unknown (`validity_known` tells). ``granted`` is False for a letter that refuses: it gives nothing.
    ``state_reason`` and ``state_decision`` (the number of the decision) belong to ``state``, since ``state_at``.
    ``signer`` is the officer who decided, or to whom the signature was given since; None when no officer did.
    ``signed_by`` are the names on its signatures, empty: the document is not signed, or there is none yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.TextField(unique=True)
    check_code = models.TextField()
    reference = models.TextField(unique=True)
    kind = models.TextField()
    title = models.TextField()
    template = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    holder = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="results")
    holder_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="results")
    holder_name = models.TextField()
    holder_folded = models.TextField()
    content = models.JSONField()
    granted = models.BooleanField(default=True)
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    validity = models.TextField(blank=True, default="")
    state = models.TextField(choices=[(state, LABELS[state][0]) for state in State], default=State.ISSUED)
    state_at = models.DateTimeField(null=True)
    state_reason = models.TextField(blank=True, default="")
    state_decision = models.TextField(blank=True, default="")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    signer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    signed_by = models.TextField(blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "-issued_at"], name="result_of_holder"),
            models.Index(
                fields=["holder_organisation", "-issued_at"],
                name="result_of_organisation",
                condition=Q(holder_organisation__isnull=False),
            ),
            models.Index("agency", F("issued_at").desc(), F("id").desc(), name="result_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="result_state_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="result_period"
            ),
            models.CheckConstraint(
                condition=Q(state=State.REPLACED, replaced_by__isnull=False)
                | ~Q(state=State.REPLACED) & Q(replaced_by__isnull=True),
                name="result_replaced_by_one",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="result_not_by_itself"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        return f"result:{self.id}"

    @property
    def validity_known(self) -> bool:
        """Whether it is known until when it holds."""
        return validity_known(self.validity, self.valid_until)

    def state_on(self, on: date) -> str:
        """Its state on a day, or ``states.EXPIRED``."""
        return state_on(self.state, self.valid_until, on)


class SignatureAsked(models.Model):
    """A result whose document waits for its signatures: of ``officer``, or (None) of the agency's certificate alone.

    ``prepared`` is the document as it will be signed. ``refusal``: the code of why the last try failed, at ``tried_at``.
    """

    result = models.OneToOneField(Result, models.CASCADE, primary_key=True, related_name="asked")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="signatures_asked")
    prepared = models.ForeignKey(StoredFile, models.PROTECT)
    asked_at = models.DateTimeField()
    refusal = models.TextField(blank=True, default="")
    tried_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("officer", "asked_at", name="signature_asked_of")]

    def __str__(self) -> str:
        return f"{self.result_id} waits for {self.officer_id or 'the agency'}"


class PinGuesses(models.Model):
    """How often the key of an officer was tried with a PIN that was wrong or is not answered yet, lately ``last_at``."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")
    guesses = models.SmallIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.guesses}"
