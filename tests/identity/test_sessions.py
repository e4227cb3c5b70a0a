"""Signing in: by password, for as long as one works, and never in a closed or locked account."""

from datetime import timedelta

import pytest

from engine.identity import accounts, posts, sessions
from engine.persistence.counting import counting

from .conftest import PASSWORD


def sign_in(town, login="ann", password=PASSWORD, at=None):
    with town.work() as work:
        return sessions.sign_in(work, login, password, remote="10.0.0.1", at=at)


def resume(town, token, at=None):
    with town.work() as work:
        return sessions.resume(work, token, at)


def test_the_right_password_opens_a_session(town):
    signed_in = resume(town, sign_in(town).token)

    assert (signed_in.actor.login, signed_in.actor.role, signed_in.title) == ("ann", "manager", "主任")
    assert signed_in.actor.may("administer_identity")


@pytest.mark.parametrize(("login", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(town, login, password):
    answer = sign_in(town, login, password)

    assert answer.token == ""
    assert isinstance(answer.refusal, sessions.SignInRefused)


def test_five_wrong_passwords_lock_the_account_for_a_while(town, now):
    answers = [sign_in(town, password="wrong", at=now).refusal for _ in range(5)]

    assert isinstance(answers[4], sessions.AccountLocked)
    assert isinstance(sign_in(town, at=now).refusal, sessions.AccountLocked)
    assert sign_in(town, at=now + timedelta(minutes=16)).token


def test_a_right_password_forgets_the_wrong_ones(town, now):
    for _ in range(2):
        for _ in range(4):
            sign_in(town, password="wrong", at=now)
        assert sign_in(town, at=now).token


def test_a_session_idles_away_but_not_while_one_works(town, now):
    token = sign_in(town, at=now).token

    assert resume(town, token, now + timedelta(minutes=29))
    assert resume(town, token, now + timedelta(minutes=58))
    assert resume(town, token, now + timedelta(minutes=89)) is None


def test_the_clock_of_the_campaign_does_not_end_a_session(town, clock):
    token = sign_in(town).token

    clock.advance(timedelta(days=20))

    assert resume(town, token)


def test_signing_out_ends_the_session(town):
    token = sign_in(town).token

    with town.work() as work:
        sessions.sign_out(work, token)

    assert resume(town, token) is None


def test_signing_out_everywhere_leaves_the_one_at_hand(town):
    first, second = sign_in(town).token, sign_in(town).token

    with town.work() as work:
        assert sessions.sign_out_everywhere(work, "ann", besides=second) == 1

    assert resume(town, first) is None
    assert resume(town, second)


def test_one_chooses_the_post_to_act_in(town):
    token = sign_in(town, "pam").token
    liner = resume(town, token).posts[1]

    with town.work() as work:
        sessions.choose_post(work, token, liner.id)

    assert resume(town, token).actor.role == "liner"


def test_nobody_chooses_the_post_of_another(town):
    token = sign_in(town, "pam").token
    with town.work() as work:
        post = posts.current(work, "ann")[0]

        with pytest.raises(posts.NoSuchPost):
            sessions.choose_post(work, token, post.id)


def test_a_closed_account_is_out_at_once(town, acting):
    token = sign_in(town, "pam").token

    with acting("ann") as work:
        accounts.set_active(work, "pam", False)

    assert resume(town, token) is None
    assert isinstance(sign_in(town, "pam").refusal, sessions.SignInRefused)


def test_the_database_does_not_know_the_token(town):
    token = sign_in(town).token

    assert resume(town, token).session_id != token


def test_resuming_asks_one_question(town):
    token = sign_in(town).token
    with town.work() as work, counting() as counted:
        sessions.resume(work, token)

    assert counted.statements == 1
