"""Reading the code off a scan: whatever page it stands on, whichever way up the paper lay."""

from collections.abc import Iterator
from typing import Any, BinaryIO

PREFIX = "ZGT1:"
_MOST_PAGES = 60
_MOST_PIXELS = 150_000_000
_LONGEST_SIDE = 5_000
_DOTS_PER_INCH = 200
_MOST_SEARCHED = 16_000_000


def payload(code: str, sha256: str) -> str:
    """Give what the printed QR code says."""
    return f"{PREFIX}{code}:{sha256[:16]}"


def read_codes(stream: BinaryIO, kind: str) -> list[str]:
    """Give the codes found on a scan in the order of its pages; none where nothing can be read."""
    from PIL.Image import DecompressionBombError  # slow to import, seldom needed

    found: dict[str, None] = {}
    try:
        for page in _pages(stream, kind):
            found |= dict.fromkeys(_codes(page))
    except (OSError, ValueError, RuntimeError, DecompressionBombError):  # pypdfium2's own error is a RuntimeError
        return list(found)
    return list(found)


def _pages(stream: BinaryIO, kind: str) -> Iterator[Any]:
    if kind == "pdf":
        yield from _pdf_pages(stream)
    elif kind in ("jpg", "png"):
        from PIL import Image, ImageOps

        image: Any = Image.open(stream)
        if image.width * image.height <= _MOST_PIXELS:
            image = ImageOps.exif_transpose(image.convert("L"))
            image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            yield image


def _pdf_pages(stream: BinaryIO) -> Iterator[Any]:
    import pypdfium2

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
    import zxingcpp

    for attempt in _attempts(image):
        found = zxingcpp.read_barcodes(attempt, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        texts = [barcode.text for barcode in found if barcode.text.startswith(PREFIX)]
        if texts:
            return [text.removeprefix(PREFIX).split(":", 1)[0] for text in texts]
    return []


def _attempts(image: Any) -> Iterator[Any]:
    from PIL import ImageOps

    yield image
    if image.width * image.height <= _MOST_SEARCHED:
        clear = ImageOps.autocontrast(image)
        yield clear
        yield clear.resize((image.width * 2, image.height * 2))
