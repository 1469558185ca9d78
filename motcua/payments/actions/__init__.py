"""Every write of payments, one public function a verb."""

from motcua.payments.actions.billing import cancel, make_bill, set_council_fee, waive
from motcua.payments.actions.confirming import confirm, settle_known
from motcua.payments.actions.counter import close_till, take
from motcua.payments.actions.paying import abandon, answered, ask, failed, give_up, lost, put_off
from motcua.payments.actions.reconciling import reconcile, reconcile_card
from motcua.payments.actions.refunding import ask_refund, refunded

__all__ = [
    "abandon",
    "answered",
    "ask",
    "ask_refund",
    "cancel",
    "close_till",
    "confirm",
    "failed",
    "give_up",
    "lost",
    "make_bill",
    "put_off",
    "reconcile",
    "reconcile_card",
    "refunded",
    "set_council_fee",
    "settle_known",
    "take",
    "waive",
]
