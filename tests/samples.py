"""Reads Prometheus' text format: by name and labels, each sample's number."""

import re

Labels = tuple[tuple[str, str], ...]

_LINE = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)")
_LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)",?')


def samples(text: str) -> dict[str, dict[Labels, float]]:
    """Every sample; a line that is none fails."""
    found: dict[str, dict[Labels, float]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        matched = _LINE.fullmatch(line)
        assert matched, line
        name, labels, number = matched.groups()
        assert _LABEL.sub("", labels or "") == "", line
        series = found.setdefault(name, {})
        key = tuple(_LABEL.findall(labels or ""))
        assert key not in series, line
        series[key] = float(number)
    return found


def names(text: str) -> set[str]:
    """Every name a query may use: those of samples, and of meters that have none yet."""
    told = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    ends = ("_bucket", "_sum", "_count")
    return {
        name + end
        for name, kind in told.items()
        for end in (ends if kind == "histogram" else ("",))
    }
