"""A process that confirms every order it finds, twice each: what the stress test kills."""

import sys
from datetime import datetime

import django


def main(noon: datetime) -> None:
    """Confirm until there is nothing left."""
    django.setup()
    from motcua.payments import actions
    from motcua.payments.models import Attempt
    from tests.payments.money import banks, message

    with banks():
        for tried in Attempt.objects.order_by("id"):
            for _ in range(2):
                actions.confirm("sandbox", message(tried), at=noon)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    main(datetime.fromisoformat(sys.argv[1]))
