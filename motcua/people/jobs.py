"""Clock work of people, started by the worker."""

from datetime import UTC, datetime

from motcua.people import actions


def forget_sign_in_counts() -> int:
    """Every hour: remove counts of failed sign-ins that no longer matter; returns how many. Safe to run twice."""
    return actions.forget_sign_in_counts(at=datetime.now(UTC))
