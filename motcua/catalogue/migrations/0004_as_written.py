"""Definitions are stored as they were written: the order of columns of a group and of the exits of a step counts."""

from django.db import migrations

import motcua.base.models

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
        OR (NEW.id, NEW.procedure_id, NEW.number, NEW.in_force_from, NEW.definition{0}, NEW.content_hash)
        IS DISTINCT FROM
        (OLD.id, OLD.procedure_id, OLD.number, OLD.in_force_from, OLD.definition{0}, OLD.content_hash)
        OR (OLD.state <> 'in_review' AND NEW.published_at IS DISTINCT FROM OLD.published_at)
    THEN
        RAISE EXCEPTION 'edition % is in review or published and frozen', OLD.id;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_review")]

    operations = [
        migrations.RunSQL(FROZEN.format("::text"), FROZEN.format("")),
        migrations.AlterField("edition", "definition", motcua.base.models.AsWritten()),
    ]
