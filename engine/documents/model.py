"""A declared paper: a workbook, a letter, a print for signing, or a bundle of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.forms.model import Setting
from engine.ledgers.model import Wording

Kind = Literal["sheet", "letter", "signing", "bundle"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a letter: rows of a ledger, or a table of them *by* a column, or the rows themselves in a *view*."""

    ledger: str
    filter: Mapping[str, Setting | Mapping[str, Setting]]
    by: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Issuing:
    """How a letter goes out: in whose name, under a number of which series, frozen, with a slip that says who signed it.

    *format* says which layout of the standard its template keeps, *steps* which elements fill the boxes of a slip, *reveal*
    which sealed values stand in the clear in what is issued, and nowhere before.
    """

    format: str = ""
    issuer: Setting = field(default_factory=Setting)
    number: str = ""
    number_facts: Mapping[str, Setting] = field(default_factory=dict)
    freeze: bool = False
    slip: str = ""
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reveal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of a pack; outside tasks its facts come from a unit's latest run of *process*, which must know all it *needs*."""

    id: str
    name: str
    kind: Kind
    pack: str
    file: Wording
    ledger: str = ""
    view: str = ""
    filter: Setting = field(default_factory=Setting)
    split: str = ""
    roles: frozenset[str] = frozenset()
    template: bytes = b""
    facts: Mapping[str, Setting] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    tables: Mapping[str, Count] = field(default_factory=dict)
    rows: Mapping[str, Count] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    process: str = ""
    needs: tuple[str, ...] = ()
    issuing: "Issuing" = field(default_factory=lambda: Issuing())


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper ready to be handed out."""

    filename: str
    media_type: str
    content: bytes
