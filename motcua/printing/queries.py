"""What the printed forms read beside the facts of one dossier."""

from collections.abc import Sequence

from motcua.base.ledger import Row
from motcua.people.models import Officer


def names_of(facts: Sequence[Row]) -> dict[str, str]:
    """Names of the officers in the facts, by ``"officer:<id>"``; one query."""
    acting = {fact.actor.partition(":")[2] for fact in facts if fact.actor.startswith("officer:")}
    assigned = {fact.data["officer"] for fact in facts if fact.name == "dossiers.assigned"}
    found = Officer.objects.filter(id__in=acting | assigned).values_list("id", "full_name")
    return {f"officer:{officer}": name for officer, name in found} | {"system": "Hệ thống"}
