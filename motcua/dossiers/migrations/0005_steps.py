"""Steps know since when, what was done at them and when something happens by itself; a counter of another agency."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_corrections"),
        ("people", "0003_substitutions"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepTask",
            fields=[
                ("id", models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ("step", models.TextField()),
                ("task", models.TextField()),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="standing",
            name="counter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_in",
                to="people.agency",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="opinions_open",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="standing",
            name="step_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="standing",
            name="timeouts_fired",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="standing",
            name="watch_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                models.F("counter"),
                models.F("dossier"),
                condition=models.Q(("counter__isnull", False)),
                name="standing_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                models.F("watch_at"),
                condition=models.Q(("paused_at", None), ("watch_at__isnull", False)),
                name="standing_watch",
            ),
        ),
        migrations.AddField(
            model_name="steptask",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="dossiers.dossier"
            ),
        ),
        migrations.AddConstraint(
            model_name="steptask",
            constraint=models.UniqueConstraint(
                models.F("dossier"), models.F("step"), models.F("since"), models.F("task"), name="task_done_once"
            ),
        ),
    ]
