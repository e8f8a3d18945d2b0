"""Has the text of a page taken out by a process apart: it ends in time, whatever the page is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from app.domain.pages.refusals import PageTooLarge

SECONDS = 20.0
_PROGRAM = Path(__file__).with_name("taking_out.py")


class Extract(NamedTuple):
    """The text of a page, and what it holds in its place where there is none."""

    text: str
    instead: str  # moves | asks | scripts, or empty


def extract(html: str) -> Extract:
    """The text of a page; PageTooLarge where it is not there in time."""
    try:
        done = subprocess.run(  # noqa: S603 # our own program, no shell, and the page is its input
            [sys.executable, "-I", str(_PROGRAM)],
            input=html.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_without_ours(),
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise PageTooLarge(
            "This page is built too intricately to be read.",
            hint="Send the part that matters as content_type markdown.",
        ) from None
    found = json.loads(done.stdout)
    return Extract(found["text"], found["instead"])


def _without_ours() -> dict[str, str]:
    """The environment less our settings: whoever takes that process over finds no secret in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
