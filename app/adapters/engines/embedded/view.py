"""A document as far as someone read it: the load of each cue kind, ready for many readers."""

from collections.abc import Mapping, Sequence

from app.adapters.engines.embedded.cues.kinds import KINDS, LAYOUT
from app.adapters.engines.embedded.reading.words import tokens
from app.domain.panel.shapes import Cue, Document

_READ = 20_000  # characters that settle which subjects are familiar


class Felt:
    """How heavily each kind of cue weighs, and each cue's share of its kind."""

    def __init__(self, groups: Mapping[str, Sequence[Cue]]) -> None:
        sums = {kind: _sum(groups[kind]) for kind in (*KINDS, *LAYOUT) if groups.get(kind)}
        self.loads = tuple((kind, _saturated(total)) for kind, total in sums.items())
        self.shares = {
            kind: tuple((cue.id, cue.strength / sums[kind]) for cue in groups[kind])
            for kind in sums
        }


class View:
    """What the first spans of a document hold, by kind."""

    def __init__(self, document: Document, spans_read: int, vocabulary: "Vocabulary") -> None:
        groups: dict[str, list[Cue]] = {}
        for cue in document.cues:
            if cue.span_id is None or cue.span_id < spans_read:
                groups.setdefault(cue.kind, []).append(cue)
        self.content_type = document.content_type
        self.wording = document.wording
        self.vocabulary = vocabulary.words
        self.familiar = vocabulary.familiar
        self._groups = groups
        self._felt = {frozenset[str](): Felt(groups)}

    def felt(self, trade: frozenset[str] = frozenset()) -> Felt:
        """What it holds for somebody of a trade, whose own terms are no jargon to them."""
        if trade not in self._felt:
            jargon = self._groups.get("jargon", [])
            strange = [cue for cue in jargon if not _is_of(trade, cue.surface)]
            alike = strange == jargon  # most texts hold no term of most trades
            self._felt[trade] = self.felt() if alike else Felt({**self._groups, "jargon": strange})
        return self._felt[trade]


class Vocabulary:
    """The words of a text, and how many of them a kind of reader knows."""

    def __init__(self, document: Document) -> None:
        english = document.language == "en"
        self.words = frozenset(token.word for token in tokens(document.text[:_READ]) if english)
        self._known: dict[tuple[str, ...], int] = {}

    def familiar(self, known: tuple[str, ...]) -> int:
        """How many of these words the text uses."""
        if known not in self._known:
            self._known[known] = sum(word in self.words for word in set(known))
        return self._known[known]


class Views:
    """The views of one document, one for each depth of reading."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._vocabulary = Vocabulary(document)
        self._by_depth: dict[int, View] = {}

    def at(self, spans_read: int) -> View:
        """The view of someone who read this many spans."""
        if spans_read not in self._by_depth:
            self._by_depth[spans_read] = View(self.document, spans_read, self._vocabulary)
        return self._by_depth[spans_read]


def _is_of(trade: frozenset[str], surface: str | None) -> bool:
    words = [token.word for token in tokens(surface or "")]
    return bool(words) and all(word in trade or word.isdigit() for word in words)


def _sum(cues: Sequence[Cue]) -> float:
    total = 0.0
    for cue in cues:
        total += cue.strength
    return total


def _saturated(total: float) -> float:
    """Twice nothing is nothing, ten times much is hardly more than much."""
    return 2.0 * total / (1.0 + total)
