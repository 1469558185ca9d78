from django.db import migrations, models

FROZEN = """
CREATE OR REPLACE FUNCTION catalogue_edition_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'edition % is in review or published and stays', OLD.id;
    END IF;
    IF (OLD.state <> 'in_review' AND NEW.state IN ('draft', 'in_review'))
        OR (OLD.state = 'expired' AND NEW.state <> 'expired')
        OR (NEW.id, NEW.procedure_id, NEW.number, NEW.in_force_from, NEW.definition, NEW.content_hash)
        IS DISTINCT FROM
        (OLD.id, OLD.procedure_id, OLD.number, OLD.in_force_from, OLD.definition, OLD.content_hash)
        OR (OLD.state <> 'in_review' AND NEW.published_at IS DISTINCT FROM OLD.published_at)
    THEN
        RAISE EXCEPTION 'edition % is in review or published and frozen', OLD.id;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_recorded_runs")]

    operations = [
        migrations.AddField("edition", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("edition", "changed_by", models.TextField(blank=True, default="")),
        migrations.AddField("edition", "note", models.TextField(blank=True, default="")),
        migrations.RemoveConstraint("edition", "edition_state"),
        migrations.AddConstraint(
            "edition",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "in_review", "published", "expired"])),
                name="edition_state",
            ),
        ),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
    ]
