"""What must hold of all vaults; `motcua check` runs these."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from motcua.base.mirrors import Mirror, differences
from motcua.base.models import Cursor, Fact
from motcua.results.models import Result
from motcua.vault.models import Item, Version, item_id
from motcua.vault.states import REGISTER

# What ran out is closed without a fact, to make room: only what was taken back while it showed is compared.
TAKEN_BACK = "revoked_at IS NOT NULL AND (revoked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= until"
TOLD_BACK = """coalesce((max(at) FILTER (WHERE name = 'vault.revoked') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
  <= max(data->>'until')::date, false)"""
SHARES = Mirror(
    "share", "vault_share", "'share:' || id", "vault.shared vault.revoked",
    columns={
        "version": ("version_id", "data->>'version'"), "until": ("until", "data->>'until'"),
        "agency": ("coalesce(agency_id::text, '')", "data->>'agency'"), "taken back": (TAKEN_BACK, TOLD_BACK),
    },
)  # fmt: skip


def check_results_kept() -> Iterator[str]:
    """Every result that was handed over to somebody here is in a vault, once the cursor is past that fact."""
    cursor = Cursor.objects.filter(name="vault.kept").first()
    upto = Q(xid__lt=cursor.xid) | Q(xid=cursor.xid, id__lte=cursor.fact_id) if cursor else Q(pk=None)
    read = Fact.objects.filter(upto, name="results.handed_over")
    streams = set(read.values_list("stream", flat=True).iterator())
    held = Result.objects.exclude(holder=None, holder_organisation=None)
    missing = held.exclude(Exists(Version.objects.filter(result=OuterRef("pk"))))
    for result in missing.defer("content").iterator():
        if result.stream in streams:
            yield f"result {result.number} was handed over and is in nobody's vault"


def check_versions() -> Iterator[str]:
    """A version has a result, a file, or an address at a register; what was fetched has the hash of its fact."""
    empty = Version.objects.filter(result=None, file=None, address="")
    for source in empty.values_list("source", flat=True).iterator():
        yield f"{source} in a vault has no content"
    told = Fact.objects.filter(name="vault.fetched").values_list("data__version", "data__sha256")
    for version, sha256 in told.iterator():
        if not Version.objects.filter(pk=version, file=sha256).exists():
            yield f"version {version}: its file is not the one that the ledger names"


def check_items() -> Iterator[str]:
    """An item is in the vault it came into: its id follows from whose it is; that of a register's is its own."""
    known = Item.objects.exclude(kind=REGISTER).values_list("id", "citizen", "organisation", "key")
    for item, citizen, organisation, key in known.iterator():
        if item != item_id(citizen or organisation, key):
            yield f"item {item} is in a vault that it did not come into"


def check_shares() -> Iterator[str]:
    """Every share was given by a fact, shows what it gave to whom until when, and what was taken back stays so."""
    yield from differences(SHARES)
