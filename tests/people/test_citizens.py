"""Citizens: what they say of themselves, what the State has checked, and for whom they may act."""

from datetime import date, datetime

import pytest

from motcua.base import ledger
from motcua.base.actor import SYSTEM, Actor, citizen
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.people import actions, checks, queries
from motcua.people.models import Account, Citizen, Membership
from motcua.people.states import CARD_SEEN, DECLARED

COUNTER = Actor("officer:1", roles=frozenset({"reception"}))
PASSWORD = "mùa thu Hà Nội 1954"


def test_who_signs_up_has_an_account_and_is_not_yet_verified(lan: Citizen) -> None:
    assert lan.account is not None
    assert queries.citizen_of(lan.account) == lan
    assert (lan.verification, lan.folded_name, lan.phone) == (DECLARED, "nguyen thi lan", "0900000101")
    assert queries.citizen_actor(lan) == Actor(f"citizen:{lan.id}", "Nguyễn Thị Lan", frozenset({"citizen"}))


def test_the_fact_of_signing_up_holds_ids_only(lan: Citizen) -> None:
    facts = ledger.facts_of(f"citizen:{lan.id}")
    assert [(fact.name, fact.data, fact.actor) for fact in facts] == [
        (
            "people.citizen_signed_up",
            {"citizen": str(lan.id), "account": str(lan.account_id)},
            f"citizen:{lan.id}",
        )
    ]


def test_everything_wrong_in_a_profile_is_told_at_once_and_nothing_is_written(db: None, noon: datetime) -> None:
    person = actions.Person(
        full_name="123", identity_number="001196000101", birth_date=date(2027, 1, 1), gender="female",
        phone="0912", email="lan@", address="x" * 301, ethnicity="Kinh\x00",
    )  # fmt: skip
    with pytest.raises(Invalid, match="profile_invalid") as raised:
        actions.sign_up("me.lan", PASSWORD, person, at=noon)
    assert raised.value.details == {
        "fields": {
            "full_name": "full_name_missing",
            "identity_number": "identity_number_birth_date",
            "birth_date": "birth_date_future",
            "phone": "phone_malformed",
            "email": "email_malformed",
            "address": "text_too_long",
            "ethnicity": "text_unprintable",
        }
    }
    assert (Account.objects.count(), Citizen.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("login", "password", "number", "code"),
    [
        ("me.lan", PASSWORD, "", "login_taken"),
        ("ME.Lan ", PASSWORD, "", "login_taken"),
        ("a", PASSWORD, "", "login_malformed"),
        ("em.mai", "12345678", "", "password_weak"),
        ("em.mai", "x" * 201, "", "password_weak"),
        ("em.mai", PASSWORD, "001196000101", "identity_number_taken"),
        ("em.mai", PASSWORD, "001230000101", "profile_invalid"),
    ],
)
def test_a_sign_up_that_may_not_be_leaves_nothing(
    lan: Citizen, noon: datetime, login: str, password: str, number: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        actions.sign_up(login, password, actions.Person("Phạm Thị Mai", number), at=noon)
    assert (Account.objects.count(), Citizen.objects.count()) == (1, 1)


def test_two_people_without_a_number_may_have_the_same_name(lan: Citizen, noon: datetime) -> None:
    for login in ("lan.hai", "lan.ba"):
        actions.sign_up(login, PASSWORD, actions.Person("Nguyễn Thị Lan"), at=noon)
    assert Citizen.objects.filter(folded_name="nguyen thi lan").count() == 3


def test_a_citizen_changes_his_own_profile_and_the_fact_names_the_fields(lan: Citizen, noon: datetime) -> None:
    changes = {"phone": "+84 900 000 999", "address": "  Số 12,  phường Hoa Sen "}
    assert actions.change_profile(lan, changes, by=citizen(lan.id), at=noon) == ["address", "phone"]
    lan.refresh_from_db()
    assert (lan.phone, lan.address) == ("0900000999", "Số 12, phường Hoa Sen")
    last = ledger.facts_of(f"citizen:{lan.id}")[-1]
    assert last.data == {"citizen": str(lan.id), "fields": ["address", "phone"]}
    assert actions.change_profile(lan, changes, by=citizen(lan.id), at=noon) == []
    assert len(ledger.facts_of(f"citizen:{lan.id}")) == 2


def test_nobody_changes_the_profile_of_another(lan: Citizen, noon: datetime) -> None:
    for other in (citizen("somebody"), COUNTER):
        with pytest.raises(Forbidden, match="not_yours"):
            actions.change_profile(lan, {"phone": "0912345678"}, by=other, at=noon)
    with pytest.raises(Invalid, match="field_unknown"):
        actions.change_profile(lan, {"verification": 2}, by=citizen(lan.id), at=noon)
    lan.refresh_from_db()
    assert (lan.phone, lan.verification) == ("0900000101", DECLARED)


def test_what_the_state_has_verified_is_not_typed_over(lan: Citizen, noon: datetime) -> None:
    actions.verify_identity(lan, "001196000101", by=COUNTER, at=noon)
    with pytest.raises(Refused, match="profile_verified") as raised:
        actions.change_profile(lan, {"full_name": "Trần Thị Lan"}, by=citizen(lan.id), at=noon)
    assert raised.value.details == {"fields": ["full_name"]}
    assert actions.change_profile(lan, {"email": "lan@example.vn"}, by=citizen(lan.id), at=noon) == ["email"]


def test_who_shows_the_card_gets_a_number_that_another_only_claimed(lan: Citizen, noon: datetime) -> None:
    owner = actions.register_citizen(
        actions.Person("Nguyễn Thị Lan", birth_date=date(1996, 3, 12)), by=COUNTER, at=noon
    )
    actions.verify_identity(owner, "001196000101", by=COUNTER, at=noon)
    lan.refresh_from_db()
    assert (lan.identity_number, owner.identity_number, owner.verification) == (None, "001196000101", CARD_SEEN)
    assert queries.citizen_by_number("001 196 000 101") == owner
    assert ledger.facts_of(f"citizen:{lan.id}")[-1].name == "people.identity_released"
    with pytest.raises(Refused, match="identity_number_taken"):
        actions.verify_identity(lan, "001196000101", by=COUNTER, at=noon)
    assert checks.check_verified_citizens() == []


def test_a_card_is_verified_at_the_counter_only_and_must_match(lan: Citizen, noon: datetime) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.verify_identity(lan, "001196000101", by=citizen(lan.id), at=noon)
    with pytest.raises(Invalid, match="identity_number_birth_date"):
        actions.verify_identity(lan, "001197000101", by=COUNTER, at=noon)
    with pytest.raises(Invalid, match="verification_unknown"):
        actions.verify_identity(lan, "001196000101", level=DECLARED, by=COUNTER, at=noon)
    lan.refresh_from_db()
    assert lan.verification == DECLARED


def test_an_unknown_number_is_not_found(lan: Citizen) -> None:
    with pytest.raises(NotFound, match="citizen_unknown"):
        queries.citizen_by_number("001196000109")


def test_a_citizen_acts_for_the_organisations_that_named_him(lan: Citizen, noon: datetime) -> None:
    firm = actions.register_organisation("0100109106", " Công ty  Hoa Mai ", by=COUNTER, at=noon)
    with pytest.raises(Forbidden, match="not_representative"):
        queries.must_represent(lan, firm.id)
    actions.name_representative(firm, lan, by=COUNTER, at=noon)
    assert queries.must_represent(lan, firm.id) == firm
    assert queries.organisations_of(lan) == [firm]
    told = [fact.name for fact in ledger.facts_of(f"organisation:{firm.id}")]
    assert told == ["people.organisation_registered", "people.representative_named"]


def test_an_organisation_has_one_legal_representative_at_a_time(lan: Citizen, noon: datetime) -> None:
    firm = actions.register_organisation("0100109106", "Công ty Hoa Mai", by=COUNTER, at=noon)
    hung = actions.register_citizen(actions.Person("Trần Văn Hùng"), by=COUNTER, at=noon)
    actions.name_representative(firm, lan, by=COUNTER, at=noon)
    actions.name_representative(firm, hung, by=COUNTER, at=noon)
    found = dict(Membership.objects.filter(organisation=firm).values_list("citizen__full_name", "legal"))
    assert found == {"Trần Văn Hùng": True}
    with pytest.raises(Forbidden, match="not_representative"):
        queries.must_represent(lan, firm.id)
    ended = ledger.facts_of(f"organisation:{firm.id}")[2]
    assert (ended.name, ended.data["citizen"]) == ("people.representative_ended", str(lan.id))


def test_a_tax_code_is_registered_once(db: None, noon: datetime) -> None:
    actions.register_organisation("0100109106", "Công ty Hoa Mai", by=COUNTER, at=noon)
    for number, name, code in (
        ("01001091 06", "Khác", "tax_code_taken"),
        ("0100109107", "Khác", "tax_code_check_digit"),
        ("0100109106-001", " ", "organisation_name_missing"),
    ):
        with pytest.raises(Refused, match=code):
            actions.register_organisation(number, name, by=COUNTER, at=noon)


def test_forms_are_prefilled_with_what_is_known_and_nothing_else(lan: Citizen, noon: datetime) -> None:
    firm = actions.register_organisation("0100109106", "Công ty Hoa Mai", by=SYSTEM, at=noon)
    assert queries.prefill_sources(lan, firm) == {
        "citizen": {
            "full_name": "Nguyễn Thị Lan",
            "identity_number": "001196000101",
            "birth_date": "1996-03-12",
            "gender": "nu",
            "phone": "0900000101",
            "nationality": "Việt Nam",
        },
        "organisation": {"name": "Công ty Hoa Mai", "tax_code": "0100109106"},
    }
