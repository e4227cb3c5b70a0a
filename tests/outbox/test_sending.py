"""Messages leave the house once for each person and event, by real servers, whatever fails meanwhile."""

from datetime import timedelta

import pytest

from engine import incidents, jobs, notifications, outbox
from engine.outbox import channels
from engine.outbox.queueing import try_again


def tell(office, event="e1", title="督办单已签发", kind="order"):
    office.run(lambda work: notifications.notify(work, ["eve", "ann"], event, title, "……", "task:1", kind))


def later(office, clock, hours=1):
    clock.move_to(clock.now() + timedelta(hours=hours))
    channels._down.clear()
    while jobs.run_due(office):
        pass


def states(office):
    with office.work() as work:
        return work.outbox.tally()


def test_a_mail_says_what_happened_in_text_and_html(office, mailbox, wants):
    wants()
    tell(office)
    jobs.run_due(office)

    [(to, mail)] = mailbox.mails
    assert (to, mail["Subject"], str(mail["From"])) == (["eve@example.cn"], "督办单已签发", "整改通 <zgt@example.cn>")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "督办单已签发" in mail.get_body(("plain",)).get_content()


def test_nobody_is_told_of_an_event_twice_by_mail(office, mailbox, wants):
    wants()
    for _ in range(3):
        tell(office)
    later(office, office.clock)

    assert len(mailbox.mails) == 1


def test_what_was_not_saved_is_not_sent(office, mailbox, wants):
    wants()

    def fails(work):
        notifications.notify(work, ["eve"], "e1", "督办单已签发", kind="order")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        office.run(fails)
    jobs.run_due(office)

    assert (mailbox.mails, states(office)) == ([], {})


def test_who_gave_no_address_or_wants_none_gets_none(office, mailbox, wants):
    tell(office, "before")
    wants(order=("never", "never"))
    tell(office, "after")
    later(office, office.clock)

    assert mailbox.mails == []


def test_a_server_that_is_busy_is_asked_again_and_the_mail_comes_once(office, mailbox, wants, clock):
    wants()
    mailbox.answers = ["451 busy", "451 busy"]
    tell(office)
    jobs.run_due(office)
    for _ in range(4):
        later(office, clock)

    assert len(mailbox.mails) == 1
    assert states(office) == {"sent": 1}


def test_what_cannot_be_sent_waits_for_help_and_can_be_tried_again(office, mailbox, wants, clock):
    wants()
    mailbox.answers = ["550 no such mailbox"] * 8
    tell(office)
    for _ in range(12):
        later(office, clock, 2)

    with office.work() as work:
        [incident] = incidents.unresolved(work).rows
    assert ("SMTP 550" in incident.message, "eve@" in incident.message, states(office)) == (True, False, {"failed": 1})

    office.run(try_again)
    later(office, clock)
    assert (len(mailbox.mails), states(office)) == (1, {"sent": 1})


def test_a_mail_sent_again_after_a_crash_has_the_same_key(office, mailbox, wants, clock, monkeypatch):
    wants()
    tell(office)
    with monkeypatch.context() as crash:
        crash.setitem(jobs.HANDLERS, "outbox", lambda *_: (_ for _ in ()).throw(KeyError("the power went")))
        jobs.run_due(office)
    later(office, clock)

    first, second = (mail["Message-ID"] for _, mail in mailbox.mails)
    assert first == second
    assert states(office) == {"sent": 1}


def test_a_server_that_is_gone_is_left_alone_for_a_while(office, mailbox, wants, monkeypatch):
    asked = []

    def refuse(*_, **__):
        asked.append(1)
        raise ConnectionRefusedError

    wants()
    for number in range(5):
        tell(office, f"e{number}")
    monkeypatch.setattr("smtplib.SMTP", refuse)
    jobs.run_due(office)

    assert (len(asked), states(office)) == (1, {"waiting": 5})


def test_the_letter_of_the_day_gathers_what_can_wait(office, mailbox, wants, clock):
    wants(order=("daily", "never"))
    for number in range(3):
        tell(office, f"e{number}", f"事项{number}")
    jobs.run_due(office)
    assert mailbox.mails == []

    later(office, clock, 24)

    [(_, mail)] = mailbox.mails
    assert all(f"事项{number}" in mail.get_body(("plain",)).get_content() for number in range(3))
    assert states(office) == {"sent": 4}


def test_a_text_message_is_signed_and_has_a_key_of_its_own(office, hook, wants, clock):
    wants(order=("never", "once"))
    hook.answers = [503]
    tell(office)
    jobs.run_due(office)
    later(office, clock)

    [text] = hook.texts
    assert (text["to"], text["text"], text["id"]) == ("13900000000", "督办单已签发", text["key"])


def test_people_without_an_account_are_told_once_and_without_personal_data(office, hook):
    def say(text):
        return office.run(lambda work: outbox.tell_outside(work, "sms", "13911112222", "TS-1:accepted", text))

    assert [say("您的投诉已受理,编号TS-210300-20220803-0001。"), say("您的投诉已受理。")] == [True, False]
    with pytest.raises(outbox.PersonalData):
        say("请联系13900001111。")
    jobs.run_due(office)

    assert [text["to"] for text in hook.texts] == ["13911112222"]


def test_addresses_lie_sealed(office, wants):
    wants()
    tell(office)

    content = (office.settings.data / "zhenggai.db").read_bytes() + (office.settings.data / "zhenggai.db-wal").read_bytes()
    assert b"eve@example.cn" not in content
    assert b"13900000000" not in content


def test_numbers_in_a_title_do_not_leave_the_house(office, mailbox, wants):
    wants()
    tell(office, title="请联系13911112222核实")
    jobs.run_due(office)

    assert "13911112222" not in mailbox.mails[0][1].as_string()


def test_without_a_server_everything_stays_in_the_app(engine, eve, work):
    assert outbox.open_channels(engine.settings) == frozenset()
    assert not outbox.tell_outside(work, "sms", "13911112222", "e", "您的投诉已受理。")
    assert work.outbox.tally() == {}


@pytest.mark.parametrize(("email", "mobile"), [("eve@", ""), ("a@b.cn\nBcc: x@y.cn", ""), ("", "12345"), ("eve@example", "")])
def test_what_is_no_address_is_not_kept(office, eve, email, mobile):
    with pytest.raises((outbox.NotAnAddress, outbox.NotANumber)):
        office.run(lambda work: outbox.keep_wishes(work, outbox.Wishes(email, mobile)), eve)
