"""Clock work of people."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from motcua.people import actions


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="people.forget_sign_in_counts", pass_context=False)
def forget_sign_in_counts(timestamp: int) -> int:
    """Every hour: remove counts of failed sign-ins that no longer matter. Returns how many."""
    return actions.forget_sign_in_counts(at=datetime.fromtimestamp(timestamp, UTC))
