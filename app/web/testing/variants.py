"""The form of a comparison: two to five texts of one type before one panel."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.audiences import Saved
from app.domain.runs import titles
from app.domain.runs.keep import LONGEST_LABEL
from app.domain.runs.order import Order
from app.domain.runs.sheet import Sheet
from app.errors import InvalidInput
from app.tools.compare import TOOL
from app.web.testing import typed
from app.web.testing.test import UNWRITTEN, panel_of
from app.web.testing.typed import Arguments, Panel, Problems

LEAST, MOST = 2, 5
_REMOVE = re.compile(r"remove-([0-4])")


class Variant(NamedTuple):
    """One of the texts, or a page's address."""

    content: str = ""
    url: str = ""
    label: str = ""


class Comparison(NamedTuple):
    """Every field of the form, as it was typed."""

    content_type: str
    url_mode: str
    variants: tuple[Variant, ...]
    panel: Panel

    def pressed(self, button: str) -> "Comparison":
        """The form with one text more, or without one of them."""
        removed = _REMOVE.fullmatch(button)
        if button == "add" and len(self.variants) < MOST:
            return self._replace(variants=(*self.variants, Variant()))
        if removed and len(self.variants) > LEAST:
            kept = (each for n, each in enumerate(self.variants) if n != int(removed[1]))
            return self._replace(variants=tuple(kept))
        return self

    def arguments(self, saved: list[Saved]) -> tuple[Arguments, Problems]:
        """The fields as `polis_compare` takes them; those of another type are left out."""
        given, problems = self.panel.arguments(saved)
        part = self._part
        given |= {
            "content_type": self.content_type,
            "variants": [
                {part: getattr(each, part), **({"label": each.label} if each.label else {})}
                for each in self.variants
            ],
        }
        if part == "url":
            given["url_mode"] = self.url_mode or "copy"
        return given, problems

    def orders(self, saved: list[Saved]) -> list[Order]:
        """What they would cost is known before anything is written."""
        given, problems = self.arguments(saved)
        if problems:
            raise InvalidInput(next(iter(problems.values())))
        for each in given["variants"]:
            each[self._part] = each[self._part].strip() or UNWRITTEN[self._part]
        return TOOL.parse(given).orders()

    @property
    def _part(self) -> str:
        return "url" if self.content_type == "url" else "content"


def sent(form: Mapping[str, str]) -> Comparison:
    """The form that came."""
    there = [n for n in range(MOST) if f"content-{n}" in form or f"url-{n}" in form]
    variants = [
        Variant(*(typed.field(form, f"{name}-{n}").strip() for name in Variant._fields))
        for n in there
    ]
    while len(variants) < LEAST:
        variants.append(Variant())
    return Comparison(
        content_type=typed.field(form, "content_type") or "text",
        url_mode=typed.field(form, "url_mode"),
        variants=tuple(variants),
        panel=typed.panel(form),
    )


def of(runs: Sequence[Sheet]) -> Comparison:
    """Earlier runs' texts before one panel: that of the first, as large as the largest."""
    first, empty = runs[0], sent({})
    chosen = [
        Variant(
            each.content,
            each.url or "",
            titles.title(each.label, each.url, each.content)[:LONGEST_LABEL],
        )
        for each in runs[:MOST]
        if each.content_type == first.content_type
    ]
    variants = [*chosen, *empty.variants][: max(LEAST, len(chosen))]
    people = max(each.persona_count for each in runs)
    panel = panel_of(first)._replace(persona_count=str(people), label="", seed="")
    return Comparison(first.content_type, first.url_mode or "", tuple(variants), panel)
