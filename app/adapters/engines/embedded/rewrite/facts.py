"""The facts of a text that no edit may lose: addresses, figures, names."""

import re

_LINK = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}")
_FIGURE = re.compile(r"\d[\d.,:/]{0,20}")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zA-Z]{1,30}")
_HANDLE = re.compile(r"@\w{1,40}")


def facts(text: str) -> frozenset[str]:
    """Every address, figure, handle and mid-sentence name, in lower case."""
    found = [*_LINK.findall(text), *_HANDLE.findall(text), *_NAME.findall(text)]
    found += [figure.rstrip(".,:/") for figure in _FIGURE.findall(text)]
    return frozenset(item.lower() for item in found)


def keeps(required: frozenset[str], text: str) -> bool:
    """Whether all of them are still there."""
    lowered = text.lower()
    return all(item in lowered for item in required)
