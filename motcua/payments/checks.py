"""What must hold of the books; `motcua check` runs these."""

from collections.abc import Iterator

from django.db import connection

from motcua.fees.rules import total
from motcua.payments.models import Bill

OFF_BALANCE = (
    "SELECT transaction, sum(debit_vnd), sum(credit_vnd) FROM payments_entry "
    "GROUP BY transaction HAVING sum(debit_vnd) <> sum(credit_vnd)"
)
# What the entries of a bill must come to, by its state: still due, earned, held as money (what is owed back left out).
BY_BILL = """
WITH sums AS (
  SELECT bill_id,
         coalesce(sum(debit_vnd - credit_vnd) FILTER (WHERE account = 'due'), 0) AS still_due,
         coalesce(sum(credit_vnd - debit_vnd) FILTER (WHERE account LIKE 'revenue:%%'), 0) AS earned,
         coalesce(sum(debit_vnd - credit_vnd) FILTER (WHERE account <> 'due' AND account NOT LIKE 'revenue:%%'), 0)
           AS money
  FROM payments_entry WHERE bill_id IS NOT NULL GROUP BY bill_id)
SELECT bill.number, bill.state, bill.total_vnd, coalesce(still_due, 0), coalesce(earned, 0), coalesce(money, 0)
FROM payments_bill bill LEFT JOIN sums ON sums.bill_id = bill.id
WHERE coalesce(still_due, 0) <> CASE WHEN bill.state = 'open' THEN bill.total_vnd ELSE 0 END
   OR coalesce(earned, 0) <> CASE WHEN bill.state IN ('open', 'paid') THEN bill.total_vnd ELSE 0 END
   OR coalesce(money, 0) <> CASE WHEN bill.state = 'paid' THEN bill.total_vnd ELSE 0 END
"""
PAID_BY = """
SELECT bill.number, bill.state, count(tried.id)
FROM payments_bill bill
LEFT JOIN payments_attempt tried ON tried.bill_id = bill.id AND NOT tried.surplus
     AND tried.state IN ('paid', 'refunding', 'refunded')
GROUP BY bill.id
HAVING count(tried.id) <> CASE WHEN bill.state IN ('paid', 'refunded') THEN 1 ELSE 0 END
"""


def check_books() -> Iterator[str]:
    """Every transaction balances, and every bill's entries are what its state says."""
    for transaction, debit, credit in _rows(OFF_BALANCE):
        yield f"transaction {transaction}: {debit} debit, {credit} credit"
    for number, state, owed, due, earned, money in _rows(BY_BILL):
        yield f"bill {number} ({state}, {owed}): the entries say due {due}, earned {earned}, money {money}"


def check_paid_once() -> Iterator[str]:
    """A paid bill was paid by exactly one attempt, an open one by none."""
    for number, state, count in _rows(PAID_BY):
        yield f"bill {number} ({state}) was paid by {count} attempts"


def check_totals() -> Iterator[str]:
    """The total of a bill is the sum of its lines."""
    for bill in Bill.objects.iterator():
        if total(bill.told_lines) != bill.total_vnd:
            yield f"bill {bill.number}: its lines come to {total(bill.told_lines)}, it asks for {bill.total_vnd}"


def _rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [])
        return list(cursor.fetchall())
