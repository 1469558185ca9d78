"""What must hold of the stored catalogue; ``motcua check`` runs these and names what does not."""

from collections.abc import Iterator
from itertools import product

from django.db import connection

from motcua.catalogue.definition import parse
from motcua.catalogue.models import Edition, Procedure
from motcua.catalogue.rules import content_hash, publish_problems
from motcua.catalogue.states import PUBLISHED, UNPUBLISHED

PUBLISHED_AS = """
SELECT p.code, e.number FROM catalogue_edition e JOIN catalogue_procedure p ON p.id = e.procedure_id
WHERE e.state NOT IN ('draft', 'in_review') AND NOT EXISTS (
  SELECT 1 FROM base_fact f WHERE f.stream = 'procedure:' || p.code AND f.name = 'catalogue.edition_published'
  AND f.data->>'edition' = e.id::text AND f.data->>'content_hash' = e.content_hash
)
"""


def check_editions() -> Iterator[str]:
    """Every published definition still has the content it was published with, and could be published again."""
    rows = Edition.objects.exclude(state__in=UNPUBLISHED).select_related("procedure")
    for edition in rows.iterator(chunk_size=500):
        place, definition = f"{edition.procedure.code}/{edition.number}", parse(edition.definition)
        if edition.content_hash not in {content_hash(definition, *how) for how in product((True, False), repeat=2)}:
            yield f"edition {place}: its content is not the one that was published"
        if edition.state == PUBLISHED and (problems := publish_problems(definition)):
            yield f"edition {place}: {problems[0]}"


def check_edition_facts() -> Iterator[str]:
    """Every published edition has its fact in the ledger, with the same content hash."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLISHED_AS)
        for code, number in cursor.fetchall():
            yield f"edition {code}/{number}: the ledger does not know its publication"


def check_lists() -> Iterator[str]:
    """A procedure that lists show has a published edition."""
    for code in (
        Procedure.objects.filter(listed=True).exclude(editions__state=PUBLISHED).values_list("code", flat=True)
    ):
        yield f"procedure {code}: listed without an edition"
