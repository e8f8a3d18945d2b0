"""Logos are drawn anew: no byte of a stranger's file is served."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from app.adapters.logos import drawn

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind="PNG", size=(300, 200), mode="RGB", **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, kind, **more)
    return out.getvalue()


def huge(side: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + (chunk(b"IEND", b""))
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(1, 1), (128, 128), (300, 200), (64, 1000)])
def test_every_picture_becomes_a_square_png_of_128_pixels(kind, size):
    png = drawn(picture(kind, size))
    with Image.open(BytesIO(png)) as seen:
        assert (seen.format, seen.size, seen.mode) == ("PNG", (128, 128), "RGBA")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "1"), ("PNG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK")],
)
def test_every_kind_of_pixel_is_read(kind, mode):
    assert drawn(picture(kind, mode=mode)).startswith(b"\x89PNG")


def test_what_a_file_says_besides_its_pixels_is_lost():
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "<script>alert(1)</script>")
    file = picture(pnginfo=note) + b"<script>appended</script>"
    assert b"script" in file
    assert b"script" not in drawn(file)


@pytest.mark.parametrize(
    "file",
    [b"", b"text", SVG, b"GIF89a", picture()[:60], huge(20_000), huge(5000), b"BM" + bytes(60),
     picture("TIFF"), picture("BMP"), b"%!PS-Adobe-3.0 EPSF-3.0", b"\x00\x00\x01\x00\x01\x00"],
    ids=lambda file: repr(file[:12]),
)  # fmt: skip
def test_what_is_no_picture_we_take_draws_nothing(file):
    assert drawn(file) is None
