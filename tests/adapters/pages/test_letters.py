"""Bytes become the letters a browser would see, and no encoding hides markup from us."""

import pytest

from app.adapters.pages.letters import decoded

META = b'<meta http-equiv="Content-Type" content="text/html; charset=%s">'


@pytest.mark.parametrize(
    ("body", "said", "text"),
    [
        (b"caf\xc3\xa9", "", "café"),
        (b"caf\xe9", "", "café"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"\x93so\x94", "ISO-8859-1", "“so”"),  # as all browsers read it
        (b"caf\xc3\xa9", "no-such-letters", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "iso-8859-1", "café"),  # the mark goes before what is said
        ("\ufeffcafé".encode("utf-16-le"), "utf-8", "café"),
        ("\ufeffcafé".encode("utf-16-be"), "", "café"),
        (META % b"windows-1251" + b"\xcf\xf0", "", (META % b"windows-1251").decode() + "Пр"),
        (b"<meta charset='Shift_JIS'>\x83e", "", "<meta charset='Shift_JIS'>テ"),
        (b"<meta charset=utf-16>caf\xc3\xa9", "", "<meta charset=utf-16>café"),
        (b"\xff\xff", "utf-8", "\ufffd\ufffd"),
        (b"", "", ""),
    ],
)
def test_bytes_are_read_as_a_browser_reads_them(body, said, text):
    assert decoded(body, said) == text


@pytest.mark.parametrize("said", ["utf-7", "UTF7", "base64", "hex", "zlib", "rot13", "idna", "punycode", "unicode_escape", "utf-8\0", "x" * 99])  # fmt: skip
def test_no_other_codec_is_asked(said):
    hidden = b"+ADw-script+AD4- aGk= \\u003cscript\\u003e"
    assert decoded(hidden, said) == hidden.decode()
    claimed = b"<meta charset=%s>" % said.encode() + hidden
    assert decoded(claimed, "") == claimed.decode()
