"""A process that certifies a copy and waits before its commit: what the test kills."""

import os
import sys
import time
from datetime import datetime
from uuid import UUID

import django


def main(copy: UUID, noon: datetime) -> None:
    """Certify, tell the number, and never end."""
    django.setup()
    from django.db import connection, transaction

    from motcua.certifying import actions
    from motcua.people.models import Agency
    from tests.node import officer

    connection.settings_dict["NAME"] = os.environ["MOTCUA_TEST_NAME"]
    with transaction.atomic():
        by = officer("chutich.hoasen", Agency.objects.get(code="H99.101"))
        sys.stdout.write(f"{actions.certify(copy, by=by, at=noon).number}\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    main(UUID(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
