"""Tables of payments. That a transaction balances and that entries stay as they are is held by triggers (0001)."""

from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.base.ids import new_id
from motcua.fees.rules import Line
from motcua.payments.states import PURPOSES, AttemptState, BillState
from motcua.people.models import Agency, one_of


class CouncilFee(models.Model):
    """What a provincial council decided that an agency asks for a procedure; dated, both days included."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT)
    procedure = models.TextField()
    name = models.TextField()
    amount_vnd = models.BigIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="council_fee_not_negative"),
            models.UniqueConstraint("agency", "procedure", "name", "valid_from", name="council_fee_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.name}: {self.amount_vnd}"


class Bill(models.Model):
    """What is owed for a reference. ``lines`` are `fees.rules.Line` as plain values; ``receipt`` numbers the payment.

    ``refund_due``: why a head is to decide whether what was paid goes back; empty: there is nothing to decide.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.TextField(unique=True)
    reference = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    purpose = models.TextField()
    lines = models.JSONField()
    total_vnd = models.BigIntegerField()
    currency = models.TextField(default="VND")
    state = models.TextField()
    due = models.DateField(null=True)
    receipt = models.TextField(null=True, unique=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    refund_due = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(BillState)), name="bill_state"),
            one_of("purpose", PURPOSES, "bill_purpose"),
            models.CheckConstraint(condition=Q(total_vnd__gte=0, currency="VND"), name="bill_in_dong"),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "refunded"], paid_at__isnull=False, receipt__isnull=False)
                | (~Q(state__in=["paid", "refunded"]) & Q(paid_at__isnull=True, receipt__isnull=True)),
                name="bill_paid_has_receipt",
            ),
            models.UniqueConstraint("reference", "purpose", condition=Q(state="open"), name="bill_open_once"),
        ]
        indexes = [
            models.Index("reference", name="bill_of_reference"),
            models.Index(F("agency"), F("paid_at"), condition=~Q(refund_due=""), name="bill_refund_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        return f"bill:{self.id}"

    @property
    def told_lines(self) -> tuple[Line, ...]:
        return tuple(Line(**line) for line in self.lines)


class Attempt(models.Model):
    """One try to pay one bill. ``key`` and ``body_hash`` make asking twice the same; ``ask_at``: when to ask again;
    ``plain_order``: what banks leave of an order in a transfer's text."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="attempts")
    provider = models.TextField()
    order = models.TextField(unique=True)
    plain_order = models.GeneratedField(
        expression=Func("order", Value("[^A-Z0-9]"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.TextField(),
        db_persist=True,
    )
    payee = models.TextField()
    amount_vnd = models.BigIntegerField()
    state = models.TextField()
    key = models.TextField(unique=True)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    transaction = models.TextField(blank=True, default="")
    surplus = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True)
    asked_again = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(AttemptState)), name="attempt_state"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="attempt_amount"),
            models.UniqueConstraint(
                "provider", "payee", "transaction", condition=~Q(transaction=""), name="attempt_transaction_once"
            ),
            models.UniqueConstraint("bill", condition=Q(state="paid"), name="bill_paid_once"),
        ]
        indexes = [
            models.Index(F("ask_at"), condition=Q(state__in=["asked", "unknown"]), name="attempt_to_ask"),
            models.Index("provider", "answered_at", name="attempt_of_day"),
            models.Index("plain_order", name="attempt_plain_order"),
        ]

    def __str__(self) -> str:
        return self.order


class Entry(models.Model):
    """One side of a double entry; append-only. Exactly one of debit and credit is above 0. A till has no bill."""

    id = models.UUIDField(primary_key=True, default=new_id)
    transaction = models.UUIDField(db_index=True)
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="entries")
    account = models.TextField()
    debit_vnd = models.BigIntegerField(default=0)
    credit_vnd = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit_vnd__gt=0, credit_vnd=0) | Q(debit_vnd=0, credit_vnd__gt=0), name="entry_one_side"
            )
        ]
        indexes = [models.Index("account", "at", name="entry_of_account")]

    def __str__(self) -> str:
        return f"{self.account} +{self.debit_vnd} −{self.credit_vnd}"


class RefusedConfirmation(models.Model):
    """A message that was not believed, and why; signatures and persons are cut from ``raw``.

    ``slot``: what is counted together, that of a provider and minute, or of an order of ours, reason and day. ``why``
    `MORE`: ``times`` more came that are not kept one by one.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    provider = models.TextField()
    order = models.TextField(blank=True)
    why = models.TextField()
    raw = models.TextField()
    at = models.DateTimeField(db_index=True)
    slot = models.TextField(default="", db_index=True)
    times = models.IntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.provider} {self.order}: {self.why}"


class Till(models.Model):
    """The closing of one officer's till at one agency on one local day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    officer = models.UUIDField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    day = models.DateField()
    expected_vnd = models.BigIntegerField()
    counted_vnd = models.BigIntegerField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("officer", "agency", "day", name="till_closed_once")]

    def __str__(self) -> str:
        return f"{self.officer} {self.day}: {self.counted_vnd}"


class Reconciliation(models.Model):
    """Our books beside a provider's statement of one local day; ``rows`` are [what, order, transaction, đồng, payee].

    ``payee``: whose statement it is, an account or the card drawer of an officer; empty: that of all. ``digest``: of
    what was told, so that a day whose statement has not changed is not compared again.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    provider = models.TextField()
    day = models.DateField()
    payee = models.TextField(blank=True, default="")
    rows = models.JSONField()
    digest = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("provider"), F("day").desc(), name="reconciliation_of_day")]

    def __str__(self) -> str:
        return f"{self.provider} {self.day}"
