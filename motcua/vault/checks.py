"""What must hold of all vaults; `motcua check` runs these."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from motcua.base.models import Cursor, Fact
from motcua.results.models import Result
from motcua.vault.models import Share, Version


def check_results_kept() -> Iterator[str]:
    """Every result that was handed over to somebody here is in a vault, once the cursor is past that fact."""
    cursor = Cursor.objects.filter(name="vault.kept").first()
    read = Fact.objects.filter(name="results.handed_over", xid__lt=cursor.xid if cursor else 0)
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


def check_shares() -> Iterator[str]:
    """Every share was given by a fact, and only by who may open the item's vault or could then."""
    given = Fact.objects.filter(name="vault.shared").values_list("data__share", flat=True)
    known = set(given.iterator())
    for share in Share.objects.values_list("id", flat=True).iterator():
        if str(share) not in known:
            yield f"share {share} has no fact"
