"""A mail server that wants to know who sends, and speaks to nobody in the clear."""

import datetime
import ipaddress
import socket
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.outbox import Message, NotDelivered, channels
from engine.outbox.channels import send_mail
from engine.persistence.keys import new_key
from tests.outbox.conftest import Mailbox

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is TLS already
WRITTEN = Message("督办单已签发", "请办理。")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, and a file with it and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now, here = (
        datetime.datetime.now(datetime.UTC),
        x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
    )
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(here, critical=False).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path_factory.mktemp("tls") / "mail.pem"
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + private)
    return file


def known(server, session, envelope, mechanism, data):
    """Let one sender in."""
    return AuthResult(success=(data.login, data.password) == (b"office@example.cn", b"p/w"), handled=False)


class Locked(Controller):
    """A mail server that is spoken to in TLS from the first byte, also by whoever only looks whether it is there."""

    def _trigger_server(self):
        with socket.create_connection((self.hostname, self.port)) as plain:
            ssl.create_default_context().wrap_socket(plain, server_hostname="127.0.0.1").close()


@pytest.fixture(params=["smtps", "starttls"])
def post_office(request, certificate, monkeypatch):
    """A mail server with a lock, in both ways it is done; its certificate is one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    channels._down.clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box, locked = Mailbox(), request.param == "smtps"
    how = {"ssl_context": context, "auth_require_tls": False} if locked else {"tls_context": context, "require_starttls": True}
    controller = (Locked if locked else Controller)(box, "127.0.0.1", port, authenticator=known, auth_required=True, **how)
    controller.start()
    box.address = lambda login: f"{'smtps' if locked else 'smtp'}://{login}127.0.0.1:{port}{'' if locked else '?starttls'}"
    yield box
    controller.stop()


def send(address):
    send_mail(address, "整改通 <zgt@example.cn>", new_key(), "eve@example.cn", WRITTEN)


def test_a_mail_goes_encrypted_to_a_server_that_knows_its_sender(post_office):
    send(post_office.address("office%40example.cn:p%2Fw@"))

    [(to, mail)] = post_office.mails
    assert (to, mail["Subject"]) == (["eve@example.cn"], "督办单已签发")


@pytest.mark.parametrize("login", ["office:wrong@", ""], ids=["a wrong password", "no password"])
def test_a_server_that_does_not_know_the_sender_takes_nothing_and_the_reason_is_said(post_office, login):
    with pytest.raises(NotDelivered, match=r"SMTP 53[05]"):
        send(post_office.address(login))

    assert post_office.mails == []


def test_a_name_that_a_mail_server_cannot_be_told_is_refused_with_a_reason(post_office):
    with pytest.raises(NotDelivered, match="UnicodeEncodeError"):
        send(post_office.address("%E6%95%B4%E6%94%B9:p@"))


def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(post_office, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
        send(post_office.address("office%40example.cn:p%2Fw@"))
