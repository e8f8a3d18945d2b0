"""Reads units of systemd: by section, each key's value."""

from pathlib import Path

from tests.served import ROOT

UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))


def read(path: Path) -> dict[str, dict[str, str]]:
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> dict[str, dict[str, str]]:
    unit: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            section = unit.setdefault(line.strip("[]"), {})
        else:
            key, equals, value = line.partition("=")
            assert equals, line
            assert key not in section, line
            section[key] = value
    return unit
