import django.db.models.deletion
from django.db import migrations, models

import motcua.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordedRun",
            fields=[
                ("id", models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("content", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.TextField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_because", models.TextField(blank=True, default="")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="catalogue.procedure"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="recordedrun",
            constraint=models.UniqueConstraint(
                models.F("procedure"),
                models.F("name"),
                condition=models.Q(("retired_at", None)),
                name="run_name_once",
            ),
        ),
    ]
