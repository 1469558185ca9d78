"""Drafts became a part of their own; their tables keep their rows and get a new name there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_register")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="DraftPaper"), migrations.DeleteModel(name="Draft")]
        )
    ]
