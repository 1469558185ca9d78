"""The verbs of people, one function each."""

from motcua.people.actions.agencies import NewAgency, change_agency, create_agency, merge, recode
from motcua.people.actions.citizens import (
    Person,
    change_profile,
    name_representative,
    register_citizen,
    register_organisation,
    sign_up,
    verify_identity,
)
from motcua.people.actions.loading import load_agencies, load_people
from motcua.people.actions.officers import appoint, end_post, take_on
from motcua.people.actions.signing_in import change_password, forget_sign_in_counts, open_account, sign_in

__all__ = [
    "NewAgency",
    "Person",
    "appoint",
    "change_agency",
    "change_password",
    "change_profile",
    "create_agency",
    "end_post",
    "forget_sign_in_counts",
    "load_agencies",
    "load_people",
    "merge",
    "name_representative",
    "open_account",
    "recode",
    "register_citizen",
    "register_organisation",
    "sign_in",
    "sign_up",
    "take_on",
    "verify_identity",
]
