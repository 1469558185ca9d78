"""What the worker does for the catalogue by the clock."""

from datetime import UTC, datetime

from motcua.base.worktime import local
from motcua.catalogue import actions


def take_effect() -> None:
    """List what comes into force today and drop what has ended. Once after midnight is enough; often does no harm."""
    actions.take_effect(local(datetime.now(UTC)).date())
