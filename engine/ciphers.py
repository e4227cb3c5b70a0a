"""The ciphers themselves: a text sealed with a key to what it belongs to, and opened again."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE, _TAG = 12, 16


class Changed(Exception):
    """What was to be opened is not what was sealed, or the key is another one."""


def sealed(algorithm: str, secret: bytes, clear: bytes, bound: bytes) -> bytes:
    """Seal *clear* with AES-256-GCM or SM4-GCM; *bound* is not kept, and is needed to open it."""
    nonce = os.urandom(_NONCE)
    if algorithm == "aes-256-gcm":
        return nonce + AESGCM(secret).encrypt(nonce, clear, bound)
    sealing = Cipher(algorithms.SM4(secret), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(bound)
    return nonce + sealing.update(clear) + sealing.finalize() + sealing.tag


def opened(algorithm: str, secret: bytes, box: bytes, bound: bytes) -> bytes:
    """Open what was sealed to *bound*; raise ``Changed`` for anything else."""
    nonce, rest = box[:_NONCE], box[_NONCE:]
    try:
        if algorithm == "aes-256-gcm":
            return AESGCM(secret).decrypt(nonce, rest, bound)
        opening = Cipher(algorithms.SM4(secret), modes.GCM(nonce, rest[-_TAG:])).decryptor()
        opening.authenticate_additional_data(bound)
        return opening.update(rest[:-_TAG]) + opening.finalize()
    except (InvalidTag, ValueError) as error:
        raise Changed from error
