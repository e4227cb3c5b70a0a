"""Sealing: what people type into sensitive fields lies encrypted beside the records it belongs to; everything else is masked.

Wherever values are kept, computed with, shown or printed there are only the masked words. The clear text comes back in one
way: ``unmasking``, for somebody with the right, for a reason, and the trail keeps that.
"""

from engine.sealing.carrying import open_draft, pack, seal_draft, unpack
from engine.sealing.rotating import rotate
from engine.sealing.taking import check_keys, marks, seal, sensitive, take, take_rows, vault

__all__ = [
    "check_keys", "marks", "open_draft", "pack", "rotate", "seal", "seal_draft", "sensitive", "take", "take_rows",
    "unpack", "vault",
]  # fmt: skip
