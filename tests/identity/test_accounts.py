"""Accounts: opened, changed, locked and closed by those who may, and passwords nobody guesses."""

import pytest

from engine.identity import accounts, passwords, sessions
from engine.identity.rights import Forbidden, OutsideYourUnits
from engine.persistence.repositories.people import PeopleFilters

from .conftest import PASSWORD

NEW = "Quite-another-1"


def sign_in(town, login, password):
    with town.work() as work:
        return sessions.sign_in(work, login, password)


def test_a_new_person_gets_a_password_that_must_be_changed(town, acting):
    with acting("ann") as work:
        password = accounts.create(work, "zoe", accounts.Details(" Zoe ", "科员", "13804120009"))

        assert accounts.get(work, "zoe").name == "Zoe"
        assert accounts.get(work, "zoe").must_change
        assert passwords.matches(accounts.get(work, "zoe").password_hash, password)


@pytest.mark.parametrize(
    ("login", "name", "reason"),
    [("ann", "Ann", accounts.LoginTaken), ("9zoe", "Zoe", accounts.LoginMalformed), ("zoe", " ", accounts.NameMissing)],
)
def test_a_person_needs_a_proper_login_and_a_name(acting, login, name, reason):
    with acting("ann") as work, pytest.raises(reason):
        accounts.create(work, login, accounts.Details(name))


def test_one_changes_the_own_password_and_other_sessions_end(town, acting):
    here, there = (sign_in(town, "ann", PASSWORD).token for _ in range(2))

    with acting("ann") as work:
        accounts.change_password(work, PASSWORD, NEW, token=here)

    with town.work() as work:
        assert sessions.resume(work, here)
        assert sessions.resume(work, there) is None
    assert sign_in(town, "ann", NEW).token


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("wrong", NEW, accounts.PasswordWrong),
        (PASSWORD, "Short-1", passwords.PasswordTooShort),
        (PASSWORD, "x" * 129, passwords.PasswordTooLong),
        (PASSWORD, "only small letters".replace(" ", ""), passwords.PasswordTooPlain),
        (PASSWORD, "Joanna-is-2022", passwords.PasswordHoldsLogin),
        (PASSWORD, PASSWORD, passwords.PasswordUnchanged),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(acting, old, new, reason):
    with acting("ann") as work, pytest.raises(reason):
        accounts.change_password(work, old, new)


def test_a_reset_password_works_once_and_must_be_changed(town, acting):
    before = sign_in(town, "pam", PASSWORD).token
    with acting("ann") as work:
        password = accounts.reset_password(work, "pam")

    answer = sign_in(town, "pam", password)
    assert answer.must_change
    with town.work() as work:
        assert sessions.resume(work, before) is None
        assert sessions.resume(work, answer.token).must_change


def test_a_made_up_password_is_strong_and_readable():
    made = {passwords.made_up() for _ in range(50)}

    assert len(made) == 50
    assert all(passwords.kinds(password) >= 3 and not set(password) & set("0O1lI") for password in made)


def test_a_locked_account_stays_locked_until_it_is_unlocked(town, acting):
    with acting("ann") as work:
        accounts.lock(work, "pam")
        assert accounts.is_locked(accounts.get(work, "pam"))
    assert isinstance(sign_in(town, "pam", PASSWORD).refusal, sessions.AccountLocked)

    with acting("ann") as work:
        accounts.unlock(work, "pam")

    assert sign_in(town, "pam", PASSWORD).token


def test_nobody_locks_the_own_account(acting):
    with acting("ann") as work:
        with pytest.raises(accounts.OwnAccount):
            accounts.lock(work, "ann")
        with pytest.raises(accounts.OwnAccount):
            accounts.set_active(work, "ann", False)


def test_accounts_are_for_those_with_the_right_and_within_their_units(acting):
    with acting("pam") as work, pytest.raises(Forbidden):
        accounts.reset_password(work, "eve")
    with acting("dan") as work, pytest.raises(OutsideYourUnits):
        accounts.reset_password(work, "ann")


def test_people_are_found_in_official_order(acting):
    with acting("ann") as work:
        everybody = accounts.search(work, PeopleFilters())
        planners = accounts.search(work, PeopleFilters(role="planner", text="a"))

    assert [person.login for person in everybody.rows] == ["ann", "bob", "pam", "eve", "dan"]
    assert [person.login for person in planners.rows] == ["pam"]


def test_a_district_sees_its_own_people_only(acting):
    with acting("dan") as work:
        assert [person.login for person in accounts.search(work, PeopleFilters()).rows] == ["dan"]


@pytest.mark.parametrize(("state", "found"), [("locked", ["bob"]), ("inactive", ["eve"]), ("active", ["ann", "pam", "dan"])])
def test_people_are_found_by_the_state_of_their_account(acting, state, found):
    with acting("ann") as work:
        accounts.lock(work, "bob")
        accounts.set_active(work, "eve", False)

        assert [person.login for person in accounts.search(work, PeopleFilters(state=state)).rows] == found
