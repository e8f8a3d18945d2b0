"""The forms of a page, as a browser without scripts would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """Where a form goes and what it would send untouched."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)  # values of buttons named `decision`


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(facts.get("action", "")))
        elif self.forms and tag in _READ:
            _READ[tag](self, self.forms[-1], facts)

    def input(self, form: Form, facts: dict[str, str]) -> None:
        chosen = facts.get("type") not in {"radio", "checkbox"} or "checked" in facts
        if chosen and facts.get("name"):
            form.fields[facts["name"]] = facts.get("value", "")

    def select(self, _form: Form, facts: dict[str, str]) -> None:
        self._select = facts.get("name", "")

    def option(self, form: Form, facts: dict[str, str]) -> None:
        if self._select not in form.fields or "selected" in facts:
            form.fields[self._select] = facts.get("value", "")

    def button(self, form: Form, facts: dict[str, str]) -> None:
        if facts.get("name") == "decision":
            form.decisions.add(facts.get("value", ""))


_READ = {
    "input": _Reader.input,
    "select": _Reader.select,
    "option": _Reader.option,
    "button": _Reader.button,
}


def of(page: str) -> list[Form]:
    """The forms of a page in their order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
