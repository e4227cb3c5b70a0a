"""Settings: what a deployment may choose. Every one has a default that works."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from engine.clock import ZONE
from engine.errors import EngineError

MAIL_FROM = "zhenggai@localhost"


class SettingWrong(EngineError):
    """{name} cannot be “{value}”. It is written like {example}, or left out."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept and how patient the engine is.

    *clock_start* shows another time than the real one, ticking from there. *fonts* is a folder with the fonts of official papers.
    *smtp* (``smtp://name:word@server:587?starttls``, ``smtps://``) and *sms_hook* are ways out of the house, *address* is how
    people reach the app from there.
    *workers* says that processes of their own do the jobs. *history_kept* is how long the steps of what has ended are kept.
    """

    data: Path = Path("var")
    database: str | None = None
    clock_start: datetime | None = None
    message_time_to_live: timedelta = timedelta(hours=1)
    job_retries: int = 3
    job_lock: timedelta = timedelta(minutes=1)
    seal_every: timedelta = timedelta(hours=1)
    largest_upload: int = 50 * 1024 * 1024
    timing: bool = False
    cipher: str = "aes-256-gcm"
    fonts: Path | None = None
    smtp: str | None = None
    mail_from: str = MAIL_FROM
    sms_hook: str | None = None
    sms_key: str = ""
    address: str = ""
    workers: bool = False
    history_kept: timedelta | None = None

    @property
    def database_url(self) -> str:
        """Give the database's address: an own SQLite file unless one was named."""
        return self.database or f"sqlite:///{self.data / 'zhenggai.db'}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings, each from a variable ``ZHENGGAI_`` and its name."""
        start, fonts = environment.get("ZHENGGAI_CLOCK"), environment.get("ZHENGGAI_FONTS")
        return cls(
            data=Path(environment.get("ZHENGGAI_DATA", "var")),
            database=environment.get("ZHENGGAI_DATABASE"),
            clock_start=_moment(start) if start else None,
            timing=environment.get("ZHENGGAI_TIMING", "") not in ("", "0"),
            cipher=environment.get("ZHENGGAI_CIPHER") or "aes-256-gcm",
            fonts=Path(fonts) if fonts else None,
            smtp=environment.get("ZHENGGAI_SMTP") or None,
            mail_from=environment.get("ZHENGGAI_MAIL_FROM") or MAIL_FROM,
            sms_hook=environment.get("ZHENGGAI_SMS_HOOK") or None,
            sms_key=environment.get("ZHENGGAI_SMS_KEY", ""),
            address=environment.get("ZHENGGAI_ADDRESS", "").rstrip("/"),
            workers=environment.get("ZHENGGAI_WORKERS", "") not in ("", "0"),
            history_kept=_days(environment.get("ZHENGGAI_HISTORY_DAYS") or ""),
        )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingWrong(name="ZHENGGAI_CLOCK", value=text, example="2022-08-10T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _days(text: str) -> timedelta | None:
    if text and not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise SettingWrong(name="ZHENGGAI_HISTORY_DAYS", value=text, example="3650")
    return timedelta(days=int(text)) if text else None
