"""Tables of the vault. Ids follow from what they name, so a replay of the facts makes the same rows again."""

from datetime import date
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q

from motcua.base.ids import new_id
from motcua.base.models import StoredFile
from motcua.people.models import Agency, Citizen, Organisation
from motcua.results.models import Result
from motcua.vault.states import KINDS


def one_of(first: str, second: str, name: str) -> models.CheckConstraint:
    """The constraint that exactly one of two columns is filled."""
    either = Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
    other = Q(**{f"{first}__isnull": True, f"{second}__isnull": False})
    return models.CheckConstraint(condition=either | other, name=name)


class Item(models.Model):
    """Something in the vault of a person or of an organisation. ``key`` tells it from others of the same holder."""

    id = models.UUIDField(primary_key=True)
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.TextField(choices=list(KINDS.items()))
    key = models.TextField()
    title = models.TextField()

    class Meta:
        constraints = [
            one_of("citizen", "organisation", "item_one_holder"),
            models.UniqueConstraint("citizen", "key", name="item_of_citizen_once"),
            models.UniqueConstraint("organisation", "key", name="item_of_organisation_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def holder(self) -> UUID:
        """Whose it is: the id of a citizen or of an organisation."""
        found = self.citizen_id or self.organisation_id
        assert found is not None  # the database holds it
        return found


def item_id(holder: UUID | str, key: str) -> UUID:
    """The id of the item with this key in a holder's vault."""
    return uuid5(UUID(str(holder)), key)


class Version(models.Model):
    """One time the item came: a result, or one file that was accepted. What a result is now is read from the result.

    ``source`` is ``result:<id>``, ``paper:<id of the filed paper>`` or ``register:<code>:<item>``; ``number``
    is what people call it: of the result, of the dossier, in the register. Files that came together have one ``at``.
    ``vouched_at``: when its register last named it, or an officer accepted it; None since nobody stands for it any more.
    ``compared``: at the counter with the paper original.
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    source = models.TextField()
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    number = models.TextField()
    label = models.TextField(blank=True)
    kind = models.TextField(blank=True)  # the code of results, in a register that tells one
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    agency_name = models.TextField(blank=True)  # of an agency that has no row here
    address = models.TextField(blank=True)  # where the register keeps the file
    at = models.DateTimeField()
    vouched_at = models.DateTimeField(null=True)
    compared = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("item", "source", name="version_once")]
        indexes = [models.Index("source", name="version_source")]

    def __str__(self) -> str:
        return f"{self.source} in {self.item_id}"


class Share(models.Model):
    """One version shown to one agency or one person, until the end of a day or until it is taken back.

    A person is named by the number that the giver typed. Whether somebody has it is looked up only when that person
    comes, verified: so nobody learns from sharing who is registered here.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, models.PROTECT, related_name="shares")
    given_by = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    identity_number = models.CharField(max_length=12, blank=True, default="")
    purpose = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, identity_number="")
                | Q(agency__isnull=True, identity_number__regex=r"^[0-9]{12}$"),
                name="share_one_receiver",
            ),
            models.UniqueConstraint(
                "version", "agency", name="share_agency_once", condition=Q(revoked_at=None, agency__isnull=False)
            ),
            models.UniqueConstraint(
                "version", "identity_number", name="share_person_once", condition=Q(revoked_at=None, agency=None)
            ),
        ]
        indexes = [models.Index("identity_number", name="share_person", condition=Q(revoked_at=None, agency=None))]

    def __str__(self) -> str:
        return f"{self.version_id} until {self.until}"

    def holds(self, on: date) -> bool:
        """Whether it still shows on the day."""
        return self.revoked_at is None and self.until >= on
