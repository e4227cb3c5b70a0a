"""Channels: a mail server that is spoken to in SMTP, and a web hook that sends text messages."""

import hashlib
import hmac
import json
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from engine.errors import EngineError

PATIENCE = 10.0
REST = 60.0
_down: dict[str, float] = {}


class NotDelivered(EngineError):
    """The message could not be sent: {reason}"""


class ServerDown(EngineError):
    """{server} did not answer just now; it is tried again in a minute."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the subject and text of a mail with its richer twin, or the text of a text message."""

    subject: str
    text: str
    html: str = ""


def send_mail(server: str, sender: str, key: UUID, address: str, message: Message) -> None:
    """Send a mail; one that is sent once more, after a crash, has the same Message-ID and is recognised by it."""
    place, name = urlsplit(server), _address(sender)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message.subject.replace("\n", " "), name, Address(addr_spec=address)
    mail["Message-ID"] = f"<{key}@{name.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    encrypted = "starttls" in parse_qs(place.query, keep_blank_values=True)
    with _patience(server), _connected(place.scheme, place.hostname or "", place.port, encrypted) as smtp:
        if place.username:
            smtp.login(unquote(place.username), unquote(place.password or ""))
        smtp.send_message(mail)


@contextmanager
def _connected(scheme: str, host: str, port: int | None, encrypted: bool) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    smtp = (
        smtplib.SMTP_SSL(host, port or 465, timeout=PATIENCE, context=context)
        if scheme == "smtps"
        else smtplib.SMTP(host, port or 25, timeout=PATIENCE)
    )
    with smtp:
        if encrypted:
            smtp.starttls(context=context)
        yield smtp


def _address(sender: str) -> Address:
    name, _, rest = sender.rpartition("<")
    return Address(display_name=name.strip(), addr_spec=rest.strip("<> "))


class _NoDetours(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nobody elsewhere: what is sent is for this address alone."""


def send_text(hook: str, secret: str, key: UUID, address: str, message: Message) -> None:
    """Hand a text message to the web hook; the key tells it apart from every other, the signature proves who sends it."""
    body = json.dumps({"id": str(key), "to": address, "text": message.text}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(key)}
    if secret:
        headers["X-Signature"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    asked = urllib.request.Request(hook, body, headers, method="POST")  # noqa: S310  the address is the operator's setting
    with _patience(hook), urllib.request.build_opener(_NoDetours).open(asked, timeout=PATIENCE):
        return


@contextmanager
def _patience(server: str) -> Iterator[None]:
    """Say in one sentence what went wrong; a server that does not answer is left alone for a while by everybody."""
    name = urlsplit(server).hostname or server
    if _down.get(server, 0.0) > time.monotonic():
        raise ServerDown(server=name)
    try:
        yield
    except urllib.error.HTTPError as error:
        with error:
            raise NotDelivered(reason=f"{name}: HTTP {error.code}") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise NotDelivered(reason=f"{name}: {'; '.join(str(code) for code, _ in error.recipients.values())}") from None
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(reason=f"{name}: SMTP {error.smtp_code}") from None
    except UnicodeError as error:  # a name or password that SMTP has no letters for
        raise NotDelivered(reason=f"{name}: {type(error).__name__}") from None
    except (OSError, smtplib.SMTPException, urllib.error.URLError) as error:
        _down[server] = time.monotonic() + REST
        raise NotDelivered(reason=f"{name}: {type(error).__name__}") from None
    _down.pop(server, None)
