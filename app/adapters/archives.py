"""Zip files of JSON, written a row at a time."""

import json
from collections.abc import Iterable
from typing import Any
from zipfile import ZipFile


def add_list(archive: ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> int:
    """A JSON list, a row at a time; gives how many there were."""
    count = 0
    with archive.open(name, "w") as file:
        for row in rows:
            file.write(b"[\n" if count == 0 else b",\n")
            file.write(text(row).encode())
            count += 1
        file.write(b"\n]\n" if count else b"[]\n")
    return count


def text(value: object) -> str:
    """JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=1)
