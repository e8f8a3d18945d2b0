"""Draws a logo anew: of a stranger's file nothing is kept but what it looks like."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SIDE = 128
MOST_PIXELS = 4096 * 4096

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # never SVG: it is a document, and may hold script
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)


def drawn(file: bytes) -> bytes | None:
    """A square PNG of 128 pixels with the picture in its middle; None where there is none."""
    try:
        with Image.open(BytesIO(file), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return _square(picture)
    except (*_BROKEN, Image.DecompressionBombError):
        return None


def _square(picture: Image.Image) -> bytes:
    picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than it need be
    small = picture.convert("RGBA")
    small.thumbnail((SIDE, SIDE))
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(small, ((SIDE - small.width) // 2, (SIDE - small.height) // 2))
    out = BytesIO()
    square.save(out, "PNG")
    return out.getvalue()
