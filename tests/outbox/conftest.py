"""A mail server and a web hook that are real, and an engine that sends through them."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from engine import outbox
from engine.bootstrap import build
from engine.identity import importing
from engine.outbox import Wishes, channels
from engine.persistence.models import metadata
from engine.settings import Settings
from tests.identity.conftest import city  # noqa: F401

SECRET = "between us"


class Mailbox:
    """Keeps what came in; *answers* are given instead of taking it, one each."""

    def __init__(self):
        self.mails, self.answers = [], []

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


class Hook(BaseHTTPRequestHandler):
    """Takes text messages as a gateway would."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        proof = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 200 and hmac.compare_digest(proof, self.headers["X-Signature"]):
            self.server.texts.append(json.loads(body) | {"key": self.headers["Idempotency-Key"]})
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        """Keep quiet."""


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Run a mail server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = port
    yield box
    controller.stop()


@contextmanager
def open_hook() -> Iterator[ThreadingHTTPServer]:
    """Run a gateway for text messages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.texts, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailbox():
    with open_mailbox() as box:
        yield box


@pytest.fixture
def hook():
    with open_hook() as server:
        yield server


@pytest.fixture
def office(tmp_path, clock, mailbox, hook, city) -> Iterator:  # noqa: F811
    """The small city's engine with both ways out of the house."""
    channels._down.clear()
    settings = Settings(
        data=tmp_path, smtp=f"smtp://127.0.0.1:{mailbox.port}", mail_from="整改通 <zgt@example.cn>",
        sms_hook=f"http://127.0.0.1:{hook.server_port}/sms", sms_key=SECRET,
    )  # fmt: skip
    engine = build(settings, clock)
    metadata.create_all(engine.database)
    engine.run(lambda work: importing.import_pack(work, city))
    yield engine
    engine.close()


@pytest.fixture
def wants(office, eve):
    """Let Eve say where she wants messages and how."""

    def want(**kinds):
        wishes = Wishes("eve@example.cn", "13900000000", kinds)
        office.run(lambda work: outbox.keep_wishes(work, wishes), eve)

    return want
