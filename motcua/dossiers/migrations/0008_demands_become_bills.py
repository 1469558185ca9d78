"""A fee that was asked for in the middle and not paid yet becomes a bill: its dossier waits for that from now on.

Those that were paid stand in the facts, with their receipts. Number, lines, entries and fact are as `payments.make_bill`
writes them.
"""

from uuid import UUID

from django.db import migrations
from django.utils.timezone import localtime

from motcua.base import ledger, numbering
from motcua.base.actor import SYSTEM
from motcua.base.ids import new_id
from motcua.payments.events import BillMade


def make_bills(apps, schema_editor):
    Demand, Bill = apps.get_model("dossiers", "PaymentDemand"), apps.get_model("payments", "Bill")
    Entry, Standing = apps.get_model("payments", "Entry"), apps.get_model("dossiers", "Standing")
    waiting = Standing.objects.filter(state="paying").select_related("agency").in_bulk()
    for demand in Demand.objects.filter(confirmed_at=None, dossier__in=waiting).order_by("asked_at"):
        agency, year = waiting[demand.dossier_id].agency, localtime(demand.asked_at).year
        count = numbering.next_number(f"bill:{agency.code}:{year}")
        line = {"name": demand.reason, "kind": "fee", "amount_vnd": demand.amount_vnd, "quantity": 1}
        bill = Bill.objects.create(
            id=new_id(), number=f"{agency.code}-{year % 100:02d}{count:06d}", reference=f"dossier:{demand.dossier_id}",
            agency=agency, purpose="final", lines=[line | {"exempt_reason": ""}], total_vnd=demand.amount_vnd,
            state="open", created_at=demand.asked_at,
        )  # fmt: skip
        for account, side in (("due", "debit_vnd"), ("revenue:fee", "credit_vnd")):
            sides = {"debit_vnd": 0, "credit_vnd": 0, side: demand.amount_vnd}
            Entry.objects.create(
                id=new_id(), transaction=UUID(str(bill.id)), bill=bill, account=account, at=demand.asked_at, **sides
            )
        made = BillMade(bill.number, bill.reference, str(agency.id), "final", bill.total_vnd)
        ledger.append(f"bill:{bill.id}", [made], by=SYSTEM, at=demand.asked_at, after=ledger.NOTHING)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_sources"),
        ("payments", "0003_bill_of_reference"),
        ("base", "0001_floor"),
    ]
    operations = [migrations.RunPython(make_bills, migrations.RunPython.noop)]
