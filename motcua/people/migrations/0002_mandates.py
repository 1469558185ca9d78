"""Citizens may authorise one another."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.base.ids


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                ("may_withdraw", models.BooleanField(default=False)),
                ("given_at", models.DateTimeField()),
                ("until", models.DateField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates_given", to="people.citizen"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates_taken", to="people.citizen"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True), name="mandate_to_another"
                    ),
                    models.UniqueConstraint(
                        models.F("taker"),
                        models.F("reference"),
                        condition=models.Q(("revoked_at", None)),
                        name="mandate_once",
                    ),
                ],
            },
        ),
    ]
