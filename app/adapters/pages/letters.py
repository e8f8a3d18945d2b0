"""Bytes as letters: by their mark, by what was said of them, else as what they can be."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Those of the web (WHATWG Encoding) that can hide nothing: no UTF-7, no codec that unpacks.
_KNOWN = frozenset((
    "utf-8", "cp1252", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
    "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r",
    "koi8-u", "mac-roman", "cp866", "cp874", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "cp1258", "gb2312", "gbk", "gb18030", "big5", "euc_jp", "shift_jis",
    "euc_kr", "cp949", "utf-16-le", "utf-16-be",
))  # fmt: skip
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-16-le"}
_ON_ONES_OWN = {"utf-16-le", "utf-16-be"}  # who can read the claim inside is not of these
_CLAIM = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_LOOKED_AT = 1024


def decoded(body: bytes, said: str) -> str:
    """The text; what cannot be a letter becomes the sign for that."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    name = _known(said) or _claimed(body)
    if name:
        return body.decode(name, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _claimed(body: bytes) -> str:
    """What a page says of itself near its beginning."""
    claim = _CLAIM.search(body[:_LOOKED_AT])
    name = _known(claim[1].decode("ascii", "ignore")) if claim else ""
    return "utf-8" if name in _ON_ONES_OWN else name


def _known(said: str) -> str:
    try:
        name = codecs.lookup(said).name if said else ""
    except (LookupError, ValueError):
        return ""
    name = _AS_BROWSERS_DO.get(name, name)
    return name if name in _KNOWN else ""
