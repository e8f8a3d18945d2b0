"""On which day each page of the documentation last changed, and what it said then.

`python -m tests.docs.dated` writes it down again; a page that changed needs its new day first.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from app.docs.catalogue import Catalogue, Page
from app.kit import clock
from app.settings import ROOT

KEPT = Path(__file__).with_name("dated.json")


def now() -> dict[str, list[str]]:
    """Each page's day and the digest of its text."""
    return {page.slug: [str(page.updated), _digest(page)] for page in Catalogue("", dict).pages}


def kept() -> dict[str, list[str]]:
    """The same as it was written down."""
    found: dict[str, list[str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def undated(before: dict[str, list[str]], today: str) -> list[str]:
    """Pages that say something else than before under a day that is past."""
    return [
        slug
        for slug, (day, digest) in now().items()
        if before.get(slug, [day, digest]) != [day, digest]
        and day <= before[slug][0]
        and day != today
    ]


def _digest(page: Page) -> str:
    said = page.title + page.summary + page.text
    if page.slug == "changelog":  # which shows another file
        said += (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return sha256(said.encode()).hexdigest()[:16]


def _main() -> None:
    late = undated(kept() if KEPT.exists() else {}, str(clock.now().date()))
    if late:
        sys.exit(f"Changed under an old day; set `updated` in {', '.join(late)}.")
    lines = ",\n".join(f"  {json.dumps(s)}: {json.dumps(d)}" for s, d in sorted(now().items()))
    KEPT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
