"""What stands in the fields of a test: as it was typed, and as the tools take it."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.domain import plans
from app.domain.audiences import Saved
from app.kit import ids

BOOKS = ("live", "test")
_LONGEST = 60_000  # of one field; what is longer is refused anyway
_NUMBER = re.compile(r"[0-9]{1,17}")

Arguments = dict[str, Any]
Problems = dict[str, str]


class Panel(NamedTuple):
    """The fields of who reads and how much they say."""

    audience: str = ""
    audience_name: str = ""  # what the words are to be saved under
    saved: str = ""  # a saved audience's id; it goes before the words
    persona_count: str = str(plans.DEFAULT_PERSONAS)
    detail: str = "standard"
    label: str = ""
    seed: str = ""
    book: str = "live"
    form: str = ""  # this form's own id: pressed twice it starts once

    def said(self, saved: list[Saved]) -> str:
        """The audience in words, a saved one's where one is chosen."""
        chosen = next((each.text for each in saved if each.id == self.saved), None)
        return self.audience.strip() if chosen is None else chosen

    def gone(self, saved: list[Saved]) -> Problems:
        """Other people than those who were chosen are not put in their place: they cost as much."""
        if not self.saved or any(each.id == self.saved for each in saved):
            return {}
        return {"saved": "This audience was deleted. Choose another."}

    def arguments(self, saved: list[Saved]) -> tuple[Arguments, Problems]:
        """These fields as the tools take them, and what cannot be read at all."""
        given: Arguments = {
            "audience": self.said(saved) or None,
            "detail": self.detail,
            "label": self.label.strip() or None,
        }
        problems = self.gone(saved)
        for name, required in (("persona_count", True), ("seed", False)):
            text = getattr(self, name).replace(",", "").strip()
            if _NUMBER.fullmatch(text):
                given[name] = int(text)
            elif text or required:
                problems[name] = "Write a whole number."
        return {name: value for name, value in given.items() if value is not None}, problems


def panel(form: Mapping[str, str]) -> Panel:
    """The panel's fields of a form that was sent."""
    sent = {name: field(form, name) for name in Panel._fields if name in form}
    typed = Panel(**sent)
    if typed.book not in BOOKS:
        typed = typed._replace(book="live")
    return typed if ids.is_id("frm", typed.form) else typed._replace(form=ids.new("frm"))


def field(form: Mapping[str, str], name: str) -> str:
    """One field; browsers end lines by two characters, texts by one."""
    return form.get(name, "")[:_LONGEST].replace("\r\n", "\n")
