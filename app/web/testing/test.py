"""The form of one test."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.audiences import Saved
from app.domain.report.report import reworded
from app.domain.runs.order import Order
from app.domain.runs.sheet import Sheet
from app.errors import InvalidInput
from app.tools.test import TOOL
from app.web.testing import typed
from app.web.testing.typed import Arguments, Panel, Problems

UNWRITTEN = {"content": "Nothing is written yet.", "url": "https://page.example/"}


class Test(NamedTuple):
    """Every field of the form, as it was typed."""

    content_type: str
    content: str
    url: str
    url_mode: str
    panel: Panel

    def arguments(self, saved: list[Saved]) -> tuple[Arguments, Problems]:
        """The fields as `polis_test` takes them; those of another type are left out."""
        given, problems = self.panel.arguments(saved)
        given["content_type"] = self.content_type
        if self.content_type == "url":
            given |= {"url": self.url.strip(), "url_mode": self.url_mode or "copy"}
        else:
            given["content"] = self.content
        return given, problems

    def order(self, saved: list[Saved]) -> Order:
        """What it would cost is known before anything is written."""
        given, problems = self.arguments(saved)
        if problems:
            raise InvalidInput(next(iter(problems.values())))
        part = "url" if self.content_type == "url" else "content"
        if not given[part].strip():
            given[part] = UNWRITTEN[part]
        return TOOL.parse(given).order()


def sent(form: Mapping[str, str]) -> Test:
    """The form that came."""
    return Test(
        content_type=typed.field(form, "content_type") or "text",
        content=typed.field(form, "text"),
        url=typed.field(form, "url"),
        url_mode=typed.field(form, "url_mode"),
        panel=typed.panel(form),
    )


def again(run: Sheet, *, rewritten: bool = False) -> Test:
    """An earlier run's fields; its rewrite instead of its text before the very same people."""
    found = run.findings
    if rewritten and found is not None:
        return Test(
            content_type=run.reworded_type,
            content=reworded(found.report["rewrite"], run.content),
            url="",
            url_mode="",
            panel=panel_of(run)._replace(audience=found.audience or ""),
        )
    return Test(
        content_type=run.content_type,
        content=run.content,
        url=run.url or "",
        url_mode=run.url_mode or "",
        panel=panel_of(run),
    )


def panel_of(run: Sheet) -> Panel:
    """The fields of an earlier run's panel."""
    return typed.panel({})._replace(
        audience=run.audience or "",
        persona_count=str(run.persona_count),
        detail=run.detail,
        label=run.label or "",
        seed=str(run.seed),
        book=run.book,
    )
