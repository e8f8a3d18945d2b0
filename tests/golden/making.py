"""Ten texts of the kinds people send, and the whole report that each of them gets.

`python -m tests.golden.making` writes the reports down again after the engine has changed. Read
them before they are kept: they are what a customer pays for.
"""

import json
from pathlib import Path
from typing import Any

from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.domain.panel.shapes import PanelRequest
from app.domain.runs.progress import digest_of

HERE = Path(__file__).parent
TEXTS = {
    "tweet": ("tweet", "tweet.txt"),
    "linkedin": ("linkedin", "linkedin.txt"),
    "launch": ("markdown", "launch.md"),
    "article": ("markdown", "article.md"),
    "memo": ("text", "memo.txt"),
    "advert": ("text", "advert.txt"),
    "german": ("text", "german.txt"),
    "short": ("text", "short.txt"),
    "long": ("markdown", "handbook.md"),
    "injected": ("markdown", "injected.md"),
}
PEOPLE, _SEED, _SHOWN = 100, 20_261_130, 10


def content(name: str) -> str:
    """A text as it is sent."""
    return (HERE / "texts" / TEXTS[name][1]).read_text(encoding="utf-8").strip()


def made(name: str) -> dict[str, Any]:
    """Its report as this engine makes it, with the first few people in their own words."""
    asked = PanelRequest(TEXTS[name][0], content(name), PEOPLE, "deep", _SEED)
    engine = EmbeddedEngine()
    plan = engine.plan(asked)
    reactions = engine.react(plan, range(1, PEOPLE + 1))
    told = engine.synthesise(plan, reactions)
    return {
        "digest": digest_of(asked, told, reactions),
        "audience": told.audience,
        "report": told.report,
        "stats": told.stats,
        "validity": told.validity,
        "people": [{**one.persona, **one.body} for one in reactions[:_SHOWN]],
    }


def kept(name: str) -> Path:
    """Where it is written down."""
    return HERE / "reports" / f"{name}.json"


def written(report: dict[str, Any]) -> str:
    """A report as its file holds it."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for each in TEXTS:
        kept(each).parent.mkdir(exist_ok=True)
        kept(each).write_text(written(made(each)), encoding="utf-8")
        print(each)
