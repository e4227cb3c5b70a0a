"""How people say where and how they want to be told, what a mail looks like, and what administrators see of it."""

import re
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from engine import jobs, notifications
from engine.outbox import channels
from tests.outbox.conftest import Mailbox
from tests.webui.admin.conftest import app, browser, city, town  # noqa: F401


@pytest.fixture
def mailbox(town):  # noqa: F811
    """A mail server that the engine sends through, with the app's address in the mails."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    town.settings = replace(town.settings, smtp=f"smtp://127.0.0.1:{port}", address="https://zgt.example.cn")
    yield box
    controller.stop()


def chosen(page):
    page.get("/messages/wishes")
    return page.post("/messages/wishes", email="pam@example.cn", mobile="", email_order="once", sms_order="never")


def test_somebody_says_where_and_how_they_want_to_be_told(browser):  # noqa: F811
    pam = browser("pam")

    assert chosen(pam) == 200
    pam.get("/messages/wishes")
    assert 'value="pam@example.cn"' in pam.text
    assert "尚未设置邮件服务器" in pam.words


def test_what_is_no_address_comes_back_with_the_reason(browser):  # noqa: F811
    pam = browser("pam")
    pam.get("/messages/wishes")

    assert pam.post("/messages/wishes", email="pam", mobile="") == 422
    assert "“pam”不是电子邮箱地址" in pam.words
    assert 'value="pam"' in pam.text


def test_nobody_sees_anothers_address(browser):  # noqa: F811
    chosen(browser("pam"))

    ann = browser("ann")
    ann.get("/messages/wishes")
    assert "pam@example.cn" not in ann.text


def test_a_mail_leads_into_the_app_in_chinese(browser, town, mailbox):  # noqa: F811
    chosen(browser("pam"))
    town.run(lambda work: notifications.notify(work, ["pam"], "e1", "<督办单>已签发", "内容", "task:42", "order"))
    jobs.run_due(town)

    [(_, mail)] = mailbox.mails
    text, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail["Subject"] == "【整改通】<督办单>已签发"
    assert "https://zgt.example.cn/tasks/42" in text
    assert "&lt;督办单&gt;已签发" in page
    assert "内容" not in text + page


def test_administrators_see_what_became_of_a_message_but_no_address(browser, town, mailbox):  # noqa: F811
    chosen(browser("pam"))
    mailbox.answers = ["550 no"] * 9
    town.run(lambda work: notifications.notify(work, ["pam"], "e1", "督办单已签发", kind="order"))
    jobs.run_due(town)

    ann, pam = browser("ann"), browser("pam")
    assert (ann.get("/messages/outgoing"), pam.get("/messages/outgoing")) == (200, 403)
    assert "督办和严重超期 邮件 待发送" in ann.words
    assert "pam@example.cn" not in ann.text
    assert "督办单已签发" not in ann.text


def test_a_message_that_could_not_be_sent_stands_among_what_failed_and_is_sent_from_there(browser, town, mailbox):  # noqa: F811
    chosen(browser("pam"))
    mailbox.answers = ["550 no"] * 99
    town.run(lambda work: notifications.notify(work, ["pam"], "e1", "督办单已签发", kind="order"))
    for _ in range(12):
        jobs.run_due(town)
        town.clock.advance(timedelta(hours=2))
        channels._down.clear()
    mailbox.answers = []

    ann = browser("ann")
    ann.get("/matters/incidents")
    assert ('href="/messages/outgoing"' in ann.text, "外发消息" in ann.words, "pam@example.cn" in ann.text) == (True, True, False)
    ann.post("/matters/incidents", incident=re.findall(r'name="incident" value="([^"]+)"', ann.text))
    jobs.run_due(town)
    assert len(mailbox.mails) == 1
