"""Where a dossier stands counts the opinions asked about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="opinions_against",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="standing",
            name="opinions_agreed",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="standing",
            name="opinions_until",
            field=models.DateTimeField(null=True),
        ),
    ]
