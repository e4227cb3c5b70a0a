import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from engine import intake, jobs, user_tasks
from engine.intake import secret_of
from engine.persistence.repositories.inbox import InboxFilters


@pytest.fixture
def other_side():
    """A server of the channel: what it was told, and what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.told.append((dict(self.headers), body))
            self.send_response(server.answers.pop(0) if server.answers else 200)
            self.end_headers()

        def log_message(self, *facts):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.told, server.answers = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(town, ann, hotline, other_side):
    address = f"http://127.0.0.1:{other_side.server_port}/answers"
    town.run(lambda work: intake.set_callback(work, "热线", address), ann)
    return other_side


def pass_time(town, **time):
    town.clock.advance(timedelta(**time))
    while jobs.run_due(town):
        pass


def test_a_channel_is_told_what_the_citizen_may_know(town, told, receive):
    received = receive()
    pass_time(town, seconds=1)

    [(_, body)] = told.told
    said = json.loads(body)
    assert (said["external_no"], said["number"], said["step"]) == ("W-1", received.number, "已收到")
    assert said["dates"] == [{"name": "修复", "due": "2022-07-25", "done": None}]
    assert "13804120001" not in body.decode()


def test_the_answer_is_signed(town, told, receive):
    receive()
    pass_time(town, seconds=1)

    [(headers, body)] = told.told
    with town.work() as work:
        secret = secret_of(work, "热线")
    assert headers["X-Zhenggai-Signature"] == "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_each_step_is_told(town, told, receive, clerk):
    receive()
    with town.work(clerk) as work:
        [row] = user_tasks.inbox(work, "todo", InboxFilters()).rows
    town.run(lambda work: user_tasks.complete(work, row.id, {}), clerk)
    pass_time(town, seconds=1)

    assert [json.loads(body)["step"] for _, body in told.told] == ["已收到", "维修中"]


def test_what_was_not_taken_is_sent_again_and_then_no_more(town, told, receive):
    told.answers = [500, 503]
    receive()
    pass_time(town, seconds=1)
    pass_time(town, minutes=1)
    pass_time(town, minutes=2)
    pass_time(town, days=1)

    assert len(told.told) == 3
    with town.work() as work:
        assert work.intake.tally() == {"热线": {"sent": 1}}


def test_a_channel_that_never_answers_is_given_up_and_stops_nothing(town, told, receive):
    told.answers = [500] * 50
    receive()
    for _ in range(30):
        pass_time(town, hours=6)

    assert len(told.told) == 12
    with town.work() as work:
        assert work.intake.tally() == {"热线": {"given up": 1}}
        assert work.incidents.unresolved().rows == []


def test_without_an_address_nothing_is_kept(town, receive):
    receive()
    pass_time(town, seconds=1)

    with town.work() as work:
        assert work.intake.tally() == {}


def test_what_was_filed_at_the_public_pages_is_told_to_nobody(town, told, file):
    file()
    pass_time(town, seconds=1)

    assert told.told == []
