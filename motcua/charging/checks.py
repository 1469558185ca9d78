"""What must hold of bills and money beside their facts, and between dossiers and their bills, once every fact was read;
`motcua check` runs these."""

from collections.abc import Iterator

from django.db import connection

from motcua.base.mirrors import Mirror, differences

STUCK = """
SELECT d.code FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.state = 'paying' AND NOT EXISTS (
  SELECT FROM payments_bill b WHERE b.reference = 'dossier:' || s.dossier_id AND b.purpose = 'final' AND b.state = 'open'
)
"""
LEFT_OPEN = """
SELECT d.code, b.number FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN payments_bill b ON b.reference = 'dossier:' || s.dossier_id AND b.state = 'open'
WHERE s.state IN ('refused', 'withdrawn', 'stopped') AND NOT EXISTS (
  SELECT FROM payments_attempt a WHERE a.bill_id = b.id AND a.state = 'unknown'
)
"""

# A drawer is its officer's, at whatever agency. What came at a counter goes back by the treasury.
PLACE = "split_part(account, ':', 1) || ':' || split_part(account, ':', 2)"
PROVIDER, VND = "(data->>'provider')", "sum((data->>'amount_vnd')::bigint)"
BOOKED = f"CASE WHEN {PROVIDER} NOT IN ('cash', 'card') THEN 'money:' || {PROVIDER}"
TAKEN = f"{BOOKED} ELSE {PROVIDER} || ':' || split_part(actor, ':', 2) END"
TRIES = "payment_asked outcome_unknown payment_failed paid surplus_received refund_asked refunded"
MIRRORS = (
    Mirror(
        "bill", "payments_bill", "'bill:' || id",
        "payments.bill_made payments.paid payments.waived payments.cancelled",
        "number reference purpose total_vnd receipt",
        {"state": ("CASE state WHEN 'refunded' THEN 'paid' ELSE state END",
                   "CASE WHEN name <> 'payments.bill_made' THEN split_part(name, '.', 2)"
                   " WHEN data->>'total_vnd' = '0' THEN 'waived' ELSE 'open' END")},
    ),
    Mirror(
        "attempt", "payments_attempt", '"order"', " ".join(f"payments.{each}" for each in TRIES.split()),
        "provider amount_vnd",
        {"bill": ("'bill:' || bill_id", "stream"),
         "transaction": ("transaction", "CASE WHEN name <> 'payments.refunded' THEN data->>'transaction' END"),
         "surplus": ("surplus", "CASE split_part(name, '.', 2) WHEN 'paid' THEN 'false'"
                     " WHEN 'surplus_received' THEN 'true' END"),
         "state": ("CASE state WHEN 'unknown' THEN 'asked' ELSE state END",
                   "CASE split_part(name, '.', 2) WHEN 'payment_failed' THEN 'failed' WHEN 'surplus_received' THEN"
                   " 'surplus' WHEN 'refund_asked' THEN 'refunding' WHEN 'paid' THEN 'paid' WHEN 'refunded' THEN"
                   " 'refunded' ELSE 'asked' END")},
        of="data->>'order'",
    ),
    Mirror(
        "money in", f"(SELECT bill_id, {PLACE} AS place, sum(debit_vnd) AS vnd FROM payments_entry"
        " WHERE debit_vnd > 0 AND account ~ '^(money|cash|card):' GROUP BY 1, 2) AS taken",
        "'bill:' || bill_id || ' ' || place", "payments.paid payments.surplus_received",
        columns={"vnd": ("vnd", VND)}, of=f"stream || ' ' || {TAKEN}",
    ),
    Mirror(
        "money back", f"(SELECT bill_id, {PLACE} AS place, sum(credit_vnd) AS vnd FROM payments_entry"
        " WHERE bill_id IS NOT NULL AND credit_vnd > 0 AND account ~ '^(money:|treasury)' GROUP BY 1, 2) AS given",
        "'bill:' || bill_id || ' ' || place", "payments.refunded",
        columns={"vnd": ("vnd", VND)}, of=f"stream || ' ' || {BOOKED} ELSE 'treasury:' END",
    ),
    Mirror(
        "till", "payments_till", "'till:' || id", "payments.till_closed", "officer day expected_vnd counted_vnd",
        {"agency": ("agency_id", "data->>'agency'")},
    ),
    Mirror(
        "handed in", "(SELECT at, coalesce(sum(credit_vnd) FILTER (WHERE account LIKE 'cash:%%'), 0) AS expected,"
        " coalesce(sum(debit_vnd - credit_vnd) FILTER (WHERE account = 'till_difference'), 0) AS missing"
        " FROM payments_entry WHERE bill_id IS NULL AND account ~ '^(cash:|till_difference)' GROUP BY 1) AS handed",
        "at", "payments.till_closed",
        columns={"expected": ("expected", "sum((data->>'expected_vnd')::bigint)"),
                 "missing": ("missing", "sum((data->>'expected_vnd')::bigint - (data->>'counted_vnd')::bigint)")},
        of="at", only="(data->>'expected_vnd', data->>'counted_vnd') <> ('0', '0')",
    ),
    Mirror(
        "council fee", "payments_councilfee", "'council_fee:' || id", "payments.council_fee_set",
        "procedure name amount_vnd valid_from",
        {"agency": ("agency_id", "data->>'agency'"), "valid_until": ("valid_until", "data->>'valid_until'")},
    ),
    Mirror(
        "reconciliation", "payments_reconciliation", "'reconciliation:' || id", "payments.reconciled", "provider day",
        {"rows": ("(SELECT coalesce(jsonb_object_agg(what, n), '{}') FROM (SELECT each->>0 AS what, count(*) AS n"
                  " FROM jsonb_array_elements(rows) AS each GROUP BY 1) AS counted)", "data->>'counts'")},
    ),
)  # fmt: skip


def check_facts() -> Iterator[str]:
    """Bills, payments, money, tills, fees of councils and comparisons are what their facts say."""
    yield from differences(*MIRRORS)


def check_waits() -> Iterator[str]:
    """Whoever waits for money waits for a bill."""
    for (code,) in _rows(STUCK):
        yield f"{code}: waits for money that no bill asks for"


def check_ended() -> Iterator[str]:
    """A dossier that ended without a result asks for no money, unless nobody knows whether some has come."""
    for code, number in _rows(LEFT_OPEN):
        yield f"{code}: ended, and bill {number} is open"


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
