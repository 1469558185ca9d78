"""What must hold of all vaults; `motcua check` runs these."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from motcua.base.cursors import lag
from motcua.base.models import Fact
from motcua.results.models import Result
from motcua.vault.models import Share, Version


def check_results_kept() -> Iterator[str]:
    """Every result that was handed over to a person is in that person's vault, unless the cursor is still behind."""
    if lag("vault.kept"):
        return
    kept = Version.objects.filter(result=OuterRef("pk"), item__citizen=OuterRef("holder"))
    missing = Result.objects.filter(handed_over_at__isnull=False, holder__isnull=False, holder_organisation=None)
    for number in missing.exclude(Exists(kept)).values_list("number", flat=True).iterator():
        yield f"result {number} was handed over and is not in its holder's vault"


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
