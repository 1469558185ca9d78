"""Who stands for an item that is no result: since when, and until the dossier it was accepted with was refused."""

from django.db import migrations, models

VOUCHED = """
UPDATE vault_version v SET vouched_at = v.at WHERE v.result_id IS NULL AND NOT EXISTS (
  SELECT FROM dossiers_dossierpaper p JOIN dossiers_standing s ON s.dossier_id = p.dossier_id
  LEFT JOIN results_result r ON r.reference = 'dossier:' || p.dossier_id
  WHERE v.source = 'paper:' || p.id AND (s.state IN ('withdrawn', 'stopped') OR NOT r.granted)
)
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_shares"), ("dossiers", "0010_organisations"), ("results", "0002_registry")]

    operations = [
        migrations.AddField("version", "compared", models.BooleanField(default=False)),
        migrations.AddField("version", "vouched_at", models.DateTimeField(null=True)),
        migrations.RunSQL(VOUCHED, migrations.RunSQL.noop),
    ]
