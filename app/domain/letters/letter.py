"""What a letter is: its subject, its words, and the kind of link it carries."""

from collections.abc import Mapping
from typing import NamedTuple


class Letter(NamedTuple):
    """Words with `{facts}` in them; none of those may be text a stranger typed."""

    subject: str
    words: str
    link: str = ""  # purpose of the link the worker mints for it
    product: bool = False  # one may choose not to get it; what is about safety everybody gets

    def written(self, facts: Mapping[str, object]) -> tuple[str, str]:
        """Subject and body; a missing fact is a mistake of whoever records the letter."""
        told = {name: "unknown" if value is None else value for name, value in facts.items()}
        return self.subject.format_map(told), (self.words + _CLOSING).format_map(told)


_CLOSING = """

Polis, {base_url}
"""
