"""The dossiers behind the references that people follow or act for."""

from collections.abc import Collection

from motcua.dossiers.models import Standing


def by_references(references: Collection[str]) -> list[Standing]:
    """Where the dossiers of these streams stand, newest first; one query, none for no reference."""
    ids = [reference.partition(":")[2] for reference in references if reference.startswith("dossier:")]
    found = Standing.objects.select_related("dossier", "dossier__edition", "agency").filter(dossier__in=ids)
    found = found.defer("dossier__edition__definition", "dossier__answers")
    return list(found.order_by("-dossier__submitted_at"))
