"""Answers may be corrected, and the address that the post brings the result to is kept."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.base.ids


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_drafts_leave")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="return_address",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("why", models.TextField(blank=True, default="")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("dossier"), condition=models.Q(("decided_at", None)), name="one_open_correction"
                    )
                ],
            },
        ),
    ]
