"""The address that the post brings the result to is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_drafts_leave")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="return_address",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
