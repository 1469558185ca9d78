"""Tables of people, agencies and posts. What must always hold is a constraint here."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.base.ids import new_id
from motcua.people.states import DECLARED, GENDERS, LEVELS, ROLES, VERIFICATIONS


def one_of(field: str, values: Iterable[str] | Iterable[int], name: str) -> models.CheckConstraint:
    """The constraint that ``field`` holds a value of a closed list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


def in_order(name: str) -> models.CheckConstraint:
    """The constraint that a period does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name=name
    )


def days() -> models.Func:
    """The days of a period, both ends included; open where ``valid_until`` is empty."""
    bounds = RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    return models.Func("valid_from", "valid_until", bounds, function="DATERANGE", output_field=DateRangeField())


class Dated(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_until`` (both days included, empty: until further notice)."""

    def valid(self, on: date) -> "Dated":
        """The rows that hold on the day ``on``."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)

    def running(self, on: date) -> "Dated":
        """The rows that hold on the day and were not ended before their time (``ended_at``)."""
        return self.valid(on).filter(ended_at__isnull=True)


class Account(AbstractBaseUser):
    """A way to sign in: a login name and an argon2 hash. Whose it is stands in Citizen or Officer."""

    last_login = None  # not kept: when somebody signs in is nobody's business
    id = models.UUIDField(primary_key=True, default=new_id)
    login = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = BaseUserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.login


class SignInCount(models.Model):
    """Failed tries to sign in, counted per key until the wait is over; see docs/decisions/0010-sign-in.md.

    ``key`` is a keyed hash of a login, an address or both: neither can be read back from this table.
    ``known_until``: this login signed in from this address before, and is trusted a little more until then.
    """

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("last_at", name="sign_in_count_age")]

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.failures}"


class Citizen(models.Model):
    """A person who asks. Everything but the name may be unknown; ``identity_number`` has 12 digits."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="citizen")
    identity_number = models.CharField(max_length=12, null=True, unique=True)
    full_name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, db_index=True)
    birth_date = models.DateField(null=True)
    gender = models.CharField(max_length=6, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    nationality = models.CharField(max_length=60, default="Việt Nam")
    ethnicity = models.CharField(max_length=60, blank=True)
    verification = models.SmallIntegerField(default=DECLARED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_number__isnull=True) | Q(identity_number__regex=r"^[0-9]{12}$"),
                name="citizen_identity_number",
            ),
            one_of("gender", {"": "", **GENDERS}, "citizen_gender"),
            one_of("verification", VERIFICATIONS, "citizen_verification"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Organisation(models.Model):
    """A body that asks: an enterprise, a cooperative, a household business. ``tax_code`` as in `rules`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    tax_code = models.CharField(max_length=14, unique=True)
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=300, db_index=True)
    address = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A citizen who may act for an organisation; ``legal``: as its representative by law (one at a time)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="memberships")
    legal = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "citizen", name="membership_once"),
            models.UniqueConstraint("organisation", condition=Q(legal=True), name="membership_one_legal"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} → {self.organisation_id}"


class Agency(models.Model):
    """An office in the tree of agencies. ``code`` is its present or last code, written as in `rules`.

    ``fields`` are the slugs of the fields of work (lĩnh vực) it decides in; a commune decides in all that are
    the commune's and lists none. ``one_stop``: it has a counter. ``successor`` took over when it ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=16, db_index=True)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    one_stop = models.BooleanField(default=False)
    fields = ArrayField(models.CharField(max_length=100), default=list)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=16, blank=True)

    objects = Dated.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            one_of("level", LEVELS, "agency_level"),
            in_order("agency_period"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
                name="agency_succeeded_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AgencyCode(models.Model):
    """A code an agency has or had. On no day do two agencies share one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=16)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="codes")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            in_order("agency_code_period"),
            ExclusionConstraint(
                name="agency_code_one_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Officer(models.Model):
    """Somebody who answers. What he or she may do where is told by posts alone."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.OneToOneField(Account, models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A role an officer holds at an agency from a day on, until a day or until further notice."""

    id = models.UUIDField(primary_key=True, default=new_id)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            one_of("role", ROLES, "post_role"),
            in_order("post_period"),
            ExclusionConstraint(
                name="post_once_at_a_time",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.role} at {self.agency_id}"


class Substitution(models.Model):
    """Who does the work of an officer who is away from one agency: first and last day included, unless ended before."""

    id = models.UUIDField(primary_key=True, default=new_id)
    absent = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Officer, models.PROTECT, related_name="substitutions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="substitutions")
    valid_from = models.DateField()
    valid_until = models.DateField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            in_order("substitution_period"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="substitution_by_another"),
            ExclusionConstraint(
                name="substitution_one_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id} at {self.agency_id}"
