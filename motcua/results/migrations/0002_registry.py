"""The registry: validity, states, whose signature is waited for. What was issued before is in force from its day on."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from motcua.base.text import fold

# The words of the edition a result was made from; letters that refuse have none.
KNOWN = """
UPDATE results_result AS r SET
  valid_from = (r.issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
  granted = r.template <> 'tu-choi',
  validity = CASE WHEN r.template = 'tu-choi' THEN '' ELSE COALESCE(
    (SELECT e.definition::jsonb->'results'->0->>'valid' FROM catalogue_edition e WHERE e.id::text = r.content->>'edition'),
    '') END
"""


def fold_names(apps: Any, editor: Any) -> None:  # noqa: ARG001
    """Names as the registry is searched by."""
    found = apps.get_model("results", "Result").objects
    for name in found.order_by().values_list("holder_name", flat=True).distinct():
        found.filter(holder_name=name).update(holder_folded=fold(name))


class Migration(migrations.Migration):
    """See above."""

    dependencies = [
        ("results", "0001_initial"),
        ("base", "0001_floor"),
        ("catalogue", "0004_as_written"),
        ("people", "0003_substitutions"),
    ]

    operations = [
        migrations.AddField("result", "holder_organisation", models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="results")),
        migrations.AddField("result", "holder_folded", models.TextField(default=""), preserve_default=False),
        migrations.AddField("result", "granted", models.BooleanField(default=True)),
        migrations.AddField("result", "valid_from", models.DateField(null=True)),
        migrations.AddField("result", "valid_until", models.DateField(null=True)),
        migrations.AddField("result", "validity", models.TextField(blank=True, default="")),
        migrations.AddField("result", "state", models.TextField(choices=[("issued", "Đang có hiệu lực"), ("suspended", "Đang bị tạm dừng hiệu lực"), ("revoked", "Đã bị thu hồi"), ("replaced", "Đã được thay bằng kết quả khác")], default="issued")),
        migrations.AddField("result", "state_at", models.DateTimeField(null=True)),
        migrations.AddField("result", "state_reason", models.TextField(blank=True, default="")),
        migrations.AddField("result", "state_decision", models.TextField(blank=True, default="")),
        migrations.AddField("result", "replaced_by", models.ForeignKey("results.Result", models.PROTECT, null=True, related_name="replaces")),
        migrations.AddField("result", "signer", models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")),
        migrations.AddField("result", "signed_by", models.TextField(blank=True, default="")),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("result", "valid_from", models.DateField()),
        migrations.CreateModel(
            name="SignatureAsked",
            fields=[
                ("result", models.OneToOneField("results.Result", on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="asked", serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("refusal", models.TextField(blank=True, default="")),
                ("tried_at", models.DateTimeField(null=True)),
                ("officer", models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="signatures_asked")),
                ("prepared", models.ForeignKey("base.StoredFile", models.PROTECT)),
            ],
            options={"indexes": [models.Index("officer", "asked_at", name="signature_asked_of")]},
        ),
        migrations.AddIndex("result", models.Index(fields=["holder_organisation", "-issued_at"], name="result_of_organisation", condition=Q(holder_organisation__isnull=False))),
        migrations.AddIndex("result", models.Index("agency", F("issued_at").desc(), F("id").desc(), name="result_of_agency")),
        migrations.AddConstraint("result", models.CheckConstraint(condition=Q(state__in=["issued", "suspended", "revoked", "replaced"]), name="result_state_known")),
        migrations.AddConstraint("result", models.CheckConstraint(condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="result_period")),
        migrations.AddConstraint("result", models.CheckConstraint(condition=Q(state="replaced", replaced_by__isnull=False) | ~Q(state="replaced") & Q(replaced_by__isnull=True), name="result_replaced_by_one")),
        migrations.AddConstraint("result", models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="result_not_by_itself")),
    ]
