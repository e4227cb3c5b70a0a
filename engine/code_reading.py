"""Reading the code off a scan: whatever page it stands on, whichever way up the paper lay."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

PREFIX = "ZGT1:"
_MOST_PAGES = 60
_MOST_PIXELS = 150_000_000
_LONGEST_SIDE = 5_000
_DOTS_PER_INCH = 200


def payload(code: str, sha256: str) -> str:
    """Give what the printed QR code says."""
    return f"{PREFIX}{code}:{sha256[:16]}"


def read_codes(stream: BinaryIO, kind: str) -> list[str]:
    """Give the codes found on a scan in the order of its pages; none where nothing can be read."""
    found: dict[str, None] = {}
    try:
        for page in _pages(stream, kind):
            found |= dict.fromkeys(_codes(page))
    except (OSError, ValueError, RuntimeError, Image.DecompressionBombError, pypdfium2.PdfiumError):
        return list(found)
    return list(found)


def _pages(stream: BinaryIO, kind: str) -> Iterator[Any]:
    if kind == "pdf":
        yield from _pdf_pages(stream)
    elif kind in ("jpg", "png"):
        image: Any = Image.open(stream)
        if image.width * image.height <= _MOST_PIXELS:
            image = ImageOps.exif_transpose(image.convert("L"))
            image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            yield image


def _pdf_pages(stream: BinaryIO) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(stream.read())
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(page.get_width(), page.get_height(), 1))
            yield page.render(scale=scale, grayscale=True).to_pil()
            page.close()
    finally:
        document.close()


def _codes(image: Any) -> list[str]:
    """Look for our codes; a pale or small print is looked at again with more contrast and twice the size."""
    for attempt in (
        image,
        ImageOps.autocontrast(image),
        ImageOps.autocontrast(image).resize((image.width * 2, image.height * 2)),
    ):
        texts = [barcode.text for barcode in zxingcpp.read_barcodes(attempt) if barcode.text.startswith(PREFIX)]
        if texts:
            return [text.removeprefix(PREFIX).split(":", 1)[0] for text in texts]
        if attempt.width * attempt.height > 16_000_000:
            break
    return []
