"""What was filed for an organisation by who represents it says so; until now that was asked at the decision."""

from django.db import migrations

FOUND = """
UPDATE dossiers_dossier d SET on_behalf_of = d.on_behalf_of || jsonb_build_object('organisation', o.id::text)
FROM people_organisation o JOIN people_membership m ON m.organisation_id = o.id
WHERE d.filed_by_id = m.citizen_id AND d.owner_identity = o.tax_code AND length(replace(o.tax_code, '-', '')) <> 12
  AND d.on_behalf_of <> '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_demands_leave"), ("people", "0003_substitutions")]

    operations = [migrations.RunSQL(FOUND, migrations.RunSQL.noop)]
