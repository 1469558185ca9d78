"""Two tables: which subscriber reads which facts; which adapter stands behind which port."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localtime

from motcua import offline
from motcua.base import configured
from motcua.base.adapters.scanners import ClamAV, SignatureScanner
from motcua.base.adapters.typesetting import Typst
from motcua.base.cursors import Subscribers
from motcua.base.files import Scanner
from motcua.base.wires import ClockWork, bind
from motcua.catalogue import jobs as catalogue
from motcua.certifying.adapters.scans import ReadScans
from motcua.certifying.ports import Scans
from motcua.charging import jobs as charging_jobs
from motcua.charging import subscribers as charging
from motcua.corrections import subscribers as corrections
from motcua.desks import jobs as desks
from motcua.desks import subscribers as work
from motcua.dossiers import subscribers as dossiers
from motcua.drafts import subscribers as drafts
from motcua.gateways.adapters.paygov import PayGov
from motcua.gateways.adapters.platform import Platform
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.gateways.adapters.vietqr import VietQR
from motcua.opinions import subscribers as opinions
from motcua.payments import jobs as payments
from motcua.payments.ports import Provider, Providers
from motcua.people import jobs as people
from motcua.reorganisation import jobs as reorganisation
from motcua.results import jobs as results_jobs
from motcua.results import subscribers as results
from motcua.results.ports import Typesetter
from motcua.search.adapters.published import PublishedSearch
from motcua.search.ports import Search
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.adapters.none import NoKeys
from motcua.signing.ports import Drawing, Keys
from motcua.sources.adapters.onestop import OneStop
from motcua.sources.ports import OneStopFiles
from motcua.supervision import jobs as supervision
from motcua.surveys import jobs as surveys
from motcua.telling import holding
from motcua.telling import subscribers as telling
from motcua.vault import subscribers as vault
from motcua.vault.adapters.lookup import Lookup
from motcua.vault.ports import Registers

# Who reads the ledger: each row names, in its own file, the facts it wants and what it does with them.
SUBSCRIBERS = (
    results.DOCUMENTS,  # a result that was issued gets its PDF
    corrections.CLOSED,  # a correction that nobody answered ends with its dossier
    drafts.EMPTIED,  # what was written for a dossier and can be sent no more is thrown away
    telling.NOTICES,  # the filer of a dossier, and who follows it, are told what happened
    telling.PAYERS,  # who pays hears of the bill, of the money that came, and of what goes back
    holding.HOLDERS,  # who holds a result hears that it was suspended, holds again, was taken back or replaced
    telling.TAKERS,  # who is authorised in a matter is told so
    charging.CHARGED,  # what was filed gets its bill, also when the council's fee becomes known later
    charging.PAID,  # a dossier that waited for money goes on
    charging.CORRECTED,  # what is asked follows the answers as they were corrected
    charging.MOVED,  # an open bill goes where its dossier goes
    charging.ENDED,  # what ended without a result is asked for no money
    opinions.ENDED,  # who was asked about a dossier that ended need not answer
    dossiers.COUNTS,  # how many dossiers an agency has in each state
    vault.KEPT,  # what was handed over or accepted is in the vault of who holds it
    work.WORK,  # how many moves each officer made on each day
)

# Facts that nobody subscribes to: they are there for the timeline and the audit.
RECORD_ONLY = frozenset(
    {
        "deadlines.office_day_cleared",
        "deadlines.office_day_set",
        "catalogue.catalogue_loaded",
        "catalogue.edition_discarded",
        "catalogue.edition_drafted",
        "catalogue.edition_expired",
        "catalogue.edition_published",
        "catalogue.run_recorded",
        "catalogue.run_retired",
        "catalogue.edition_revised",
        "catalogue.edition_sent",
        "catalogue.edition_sent_back",
        "certifying.book_taken",
        "certifying.cancelled",
        "certifying.certified",
        "certifying.compared",
        "certifying.looked",
        "certifying.refused",
        "certifying.taken",
        "charging.bill_went",
        "charging.refund_off",
        "desks.group_made",
        "desks.members_changed",
        "desks.papers_counted",
        "dossiers.paper_added",
        "dossiers.taken_in",
        "dossiers.task_done",
        "corrections.return_chosen",
        "desks.list_taken",
        "desks.note_removed",
        "desks.note_written",
        "desks.sheet_brought_in",
        "desks.sheet_sent",
        "dossiers.looked",
        "opinions.answered",
        "opinions.withdrawn",
        "payments.confirmation_refused",
        "payments.outcome_unknown",
        "payments.payment_asked",
        "payments.reconciled",
        "payments.refund_asked",
        "payments.till_closed",
        "people.agency_changed",
        "people.agency_created",
        "people.agency_merged",
        "people.agency_recoded",
        "people.agency_removed",
        "people.agency_restored",
        "people.citizen_looked_up",
        "people.citizen_signed_up",
        "people.identity_released",
        "people.identity_verified",
        "people.officer_appointed",
        "people.officer_taken_on",
        "people.organisation_registered",
        "people.password_changed",
        "people.post_ended",
        "people.profile_changed",
        "people.representative_ended",
        "people.representative_named",
        "people.substitute_named",
        "people.substitution_ended",
        "printing.dossier_taken",
        "printing.register_taken",
        "reorganisation.carried_out",
        "reorganisation.ordered",
        "reorganisation.undone",
        "results.documented",
        "results.looked",
        "results.pin_wrong",
        "results.signature_asked",
        "results.signature_refused",
        "results.signed",
        "supervision.escalated",
        "supervision.reminded",
        "vault.asked",
        "vault.fetched",
        "vault.looked",
        "vault.revoked",
        "vault.shared",
        "surveys.asked",
        "surveys.finished",
        "surveys.given_up",
    }
)

# What the worker does by the clock: the job and how often, in seconds.
CLOCK_WORK = {
    "ask for payments without an answer": (payments.ask_again, 60),
    "bring in sheets": (desks.bring_in_sheets, 1),
    "close what ended dossiers ask for": (charging_jobs.close_ended, 300),
    "editions take effect": (catalogue.take_effect, 3600),
    "forget failed sign-ins": (people.forget_sign_in_counts, 3600),
    "re-organisations come due": (reorganisation.carry_out_due, 3600),
    "reconcile with the banks": (payments.reconcile_lately, 3600),
    "sign for agencies": (results_jobs.seal_waiting, 1),
    "send money back": (payments.send_refunds, 300),
    "stop unanswered supplements": (supervision.stop_unanswered, 600),
    "survey the catalogue": (surveys.compute, 1),
    "survey what changed": (surveys.keep_fresh, 3600),
    "watch the time at each step": (supervision.watch_steps, 300),
}

WAYS_TO_PAY: dict[str, Callable[..., Provider]] = {
    "sandbox": SandboxBank,
    "platform": partial(Platform, clock=localtime),
    "paygov": PayGov,
    "vietqr": VietQR,
}


def connect() -> None:
    """Bind every port to its adapter. Called once when Django is ready."""
    bind(Subscribers, Subscribers(SUBSCRIBERS))
    bind(ClockWork, ClockWork(CLOCK_WORK))
    bind(Scanner, ClamAV(settings.CLAMAV_SOCKET) if settings.CLAMAV_SOCKET else SignatureScanner())
    typst = Typst()
    bind(Typesetter, typst)
    bind(Drawing, typst)
    bind(Scans, ReadScans())
    offline.connect()
    bind(OneStopFiles, OneStop())
    bind(Keys, keys())
    bind(Providers, Providers(ways_to_pay()))
    bind(Registers, Registers(registers()))
    bind(Search, PublishedSearch(settings.VAR / "search", settings.DATA / "synonyms.yaml"))


def keys() -> Keys:
    """The keys that the operator's file names; without one nobody signs and nobody is trusted."""
    if not settings.SIGNING:
        return NoKeys()
    return configured.built(
        "MOTCUA_SIGNING", settings.SIGNING, lambda: ConfiguredKeys(Path(settings.SIGNING), timezone.now)
    )


def ways_to_pay() -> dict[str, Provider]:
    """The providers that the operator's file names; none is there by itself."""
    return configured.made("MOTCUA_PROVIDERS", settings.PROVIDERS, WAYS_TO_PAY.get)


def registers() -> dict[str, Lookup]:
    """The connected registers that the operator's file names, by code; none is there by itself."""
    return configured.made("MOTCUA_REGISTERS", settings.REGISTERS, lambda _code: Lookup)
