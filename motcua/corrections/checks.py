"""What must hold of all answers; `motcua check` runs this."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from motcua.base.models import Fact
from motcua.corrections.rules import answers_sha256
from motcua.dossiers.models import Dossier


def check_answers() -> Iterator[str]:
    """Answers are those whose digest the last filing or correction in effect told. Reads every dossier once."""
    stream = Concat(Value("dossier:"), Cast(OuterRef("pk"), TextField()))
    facts = Fact.objects.filter(stream=stream, data__has_key="answers_sha256").exclude(
        data__contains={"effective": False}
    )
    told = Subquery(facts.order_by("-seq").values("data__answers_sha256")[:1])
    rows = Dossier.objects.annotate(told=told).values_list("code", "answers", "told")
    for code, answers, sha256 in rows.iterator(chunk_size=1000):
        if answers_sha256(answers) != sha256:
            yield f"{code}: its answers are not those that its facts tell of"
