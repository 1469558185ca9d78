"""The verbs of people, one function each."""

from motcua.people.actions.absences import Absence, end_substitution, name_substitute
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
from motcua.people.actions.looking import look_up_citizen
from motcua.people.actions.officers import appoint, end_post, take_on
from motcua.people.actions.signing_in import change_password, forget_sign_in_counts, open_account, sign_in

__all__ = [
    "Absence",
    "NewAgency",
    "Person",
    "appoint",
    "change_agency",
    "change_password",
    "change_profile",
    "create_agency",
    "end_post",
    "end_substitution",
    "forget_sign_in_counts",
    "load_agencies",
    "load_people",
    "look_up_citizen",
    "merge",
    "name_representative",
    "name_substitute",
    "open_account",
    "recode",
    "register_citizen",
    "register_organisation",
    "sign_in",
    "sign_up",
    "take_on",
    "verify_identity",
]
