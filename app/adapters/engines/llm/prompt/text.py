"""The content as a panel reads it: numbered lines, as far as anybody reads and tokens pay for."""

from dataclasses import dataclass

from app.adapters.engines.embedded.exposure import BUDGET
from app.adapters.engines.llm.prompt.data import harmless, quoted
from app.domain.panel.shapes import Document, Exposure
from app.domain.tariff.sizes import LINE, MARKS, head, most_tokens

_FURTHEST = 2.02  # of a format's budget of words: the keenest of the intended


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines a model is given, one for each piece of the content."""

    lines: tuple[str, ...]
    whole: int  # how many pieces there are
    shortened: bool  # people would have read on, and tokens do not pay for it

    def read(self, exposure: Exposure) -> int:
        """The last line this person read."""
        return max(1, min(len(exposure.span_ids), len(self.lines)))

    def up_to(self, line: int) -> str:
        """What stands in the first lines: all that can be quoted by whoever read them."""
        return "\n".join(self.lines[:line])

    @property
    def block(self) -> str:
        """The lines as data."""
        return quoted("text", self.lines, numbered=True)


def shown(document: Document, room: int) -> Shown:
    """As many lines as anybody reads, within so many tokens."""
    lines: list[str] = []
    words, left = 0.0, room - MARKS
    furthest = BUDGET.get(document.content_type, BUDGET["text"]) * _FURTHEST
    for span in document.spans:
        if lines and words > furthest:
            return Shown(tuple(lines), len(document.spans), shortened=False)
        line = " ".join(harmless(span.text).split("\n"))
        if most_tokens(line) + LINE > left:
            part = head(line, max(left - LINE, 0))
            kept = (*lines, part) if part.strip() or not lines else tuple(lines)
            return Shown(kept, len(document.spans), shortened=True)
        lines.append(line)
        words += span.words
        left -= most_tokens(line) + LINE
    return Shown(tuple(lines) or ("",), len(document.spans), shortened=False)
