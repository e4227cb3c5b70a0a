"""Intake: other systems file what was filed with them, once for each of their numbers, and are told how it goes on."""

from engine.intake.answers import note_state, secret_of
from engine.intake.channels import KeyRefused, Made, authenticate, channels, close, open_channel, renew, set_callback
from engine.intake.receiving import Faults, Received, raw_of, receive, start_of
from engine.intake.schema import openapi, schema
from engine.intake.standing import asked

__all__ = [
    "Faults", "KeyRefused", "Made", "Received", "asked", "authenticate", "channels", "close", "note_state", "open_channel",
    "openapi", "raw_of", "receive", "renew", "schema", "secret_of", "set_callback", "start_of",
]  # fmt: skip
