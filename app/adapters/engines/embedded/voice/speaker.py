"""A person about to speak: what they can name, how they talk, what they have said already."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.voice.frames import Card, Deck, compiled, deck
from app.adapters.engines.embedded.voice.literal import clauses, tight
from app.adapters.engines.embedded.voice.manner import manner_of, tic_of
from app.adapters.engines.embedded.voice.points import Point, points_of
from app.adapters.engines.embedded.voice.roles import cast
from app.adapters.engines.embedded.voice.scene import noun_for, scope
from app.adapters.engines.embedded.voice.surface import finish, tidy
from app.adapters.engines.embedded.voice.topics import named, topics_in
from app.domain.panel.shapes import Span
from app.domain.panel.streams import Stream

_UNANCHORED = ("link", "hashtag", "ask")
_ANCHORED_SPANS = 12  # of a long read, the first are remembered
_UNREADABLE = "the blank where words should be"
_TIC_EVERY = 3  # one reason in so many ends on the person's own turn of phrase
_OWN = re.compile(r"\bI\b|\bme\b")  # "I'm lost, at least to me" says it twice
_TURNS = 6  # after which the ways of naming a topic come round again
_WORDLESS = "wordless"
_SPOKEN_TO = {"they": "you", "them": "you", "their": "your"}
_SPOKEN_OF = {"they": "they", "them": "them", "their": "their"}

Schemata = tuple[str, ...]


class Speaker:
    """Turns points into sentences, never one twice, and keeps what each goes back to."""

    def __init__(self, seat: Seat, stage: str = "") -> None:
        """Stages differ in wording alone: what a person has to say is settled once."""
        self.seat = seat
        name = ("embedded", seat.seed, "voice", seat.persona.id, checksum(seat.document.text))
        self.stream = Stream(*name)
        self.manner = manner_of(seat.persona)
        wanted = set(seat.exposure.span_ids)
        self.read = tuple(span for span in seat.document.spans if span.id in wanted)
        self._turn = self.stream.below(997)
        self.points = points_of(seat, self.read, self._turn, thorough=bool(stage))
        self.roles = cast(self.points, seat.outcome, self.stream.below(1 << 16))
        self._tic = tic_of(self.manner, self._turn)
        self.trace: list[tuple[str, str]] = []
        self._said: set[str] = set()
        self._recent: tuple[str, ...] = ()  # what was just quoted is not quoted beside itself
        self._uses: dict[str, int] = {}
        self._english = seat.document.language == "en"
        self._anchors = _quotable(self.read)
        self._topics = topics_in(" ".join(s.text for s in self.read[:40]), seat.document.topics)
        self._common = {
            **(_SPOKEN_TO if self.stream.below(3) == 0 else _SPOKEN_OF),
            "far": scope(seat.exposure),
            "post": noun_for(seat.document.content_type),
        }
        if stage:
            self.stream = Stream(*name, stage)

    def say(self, schemata: Schemata, point: Point, **extra: str) -> str:
        """A finished sentence about a point."""
        return self.record(finish(self.phrase(schemata, point, **extra)), point)

    def record(self, sentence: str, *points: Point) -> str:
        """Note what a sentence goes back to."""
        for point in points:
            self.trace.append((sentence, point.ref))
            for name in (point.kind, point.ref):
                self._uses[name] = self._uses.get(name, 0) + 1
        return sentence

    def least_said(self, points: Sequence[Point]) -> Point:
        """The point spoken of least so far, the strongest of them; a fresh kind comes first."""
        uses = self._uses.get
        return min(points, key=lambda point: (uses(point.kind, 0), uses(point.ref, 0)))

    def clause(self, point: Point) -> str:
        """A reason, as it stands after "because"."""
        reason = self.phrase(point.family.good if point.liked else point.family.bad, point)
        if self.stream.below(_TIC_EVERY) or "," in reason or _OWN.search(reason):
            return reason
        return reason + self._tic[point.liked]

    def phrase(self, schemata: Schemata, point: Point, **extra: str) -> str:
        """A wording about a point that was not used before, without capital and full stop."""
        slots = self.slots(point, extra)
        cards = deck(schemata, self.manner.tags, frozenset(slots))
        start = self.stream.below(len(cards))
        turned = (cards[(start + step) % len(cards)] for step in range(len(cards)))
        card = next((card for card in turned if card[0].text not in self._said), cards[start])
        return self._worded(card, slots)

    def cards(self, schemata: Schemata, point: Point) -> Deck:
        """Every wording of some schemata that this person could use about a point."""
        return deck(schemata, self.manner.tags, frozenset(self.slots(point, {})))

    def use(self, card: Card, point: Point) -> str:
        """One wording, filled for a point."""
        return self._worded(card, self.slots(point, {}))

    def _worded(self, card: Card, slots: dict[str, str]) -> str:
        frame, turn = card
        if "a" in frame.slots and not slots["a"]:
            slots["a"] = self._anchor()
        self._said.add(frame.text)
        said = frame.wording(turn).format_map(slots)
        return tidy(said) if frame.loose else said

    def chosen(self, choices: str) -> str:
        """One of the wordings of a few words."""
        frame = compiled(choices)
        return frame.wording(self.stream.below(frame.size))

    def naming(self, point: Point) -> dict[str, str]:
        """A slot for the point even where it has no words of its own: a line stands in."""
        return {"q": f"“{point.quote}”" if point.quote else self._anchor()}

    def topic(self) -> str:
        """A topic word as it stands before a noun."""
        self._turn += 1
        return self._topic()["w"].strip("“”")

    def stuck(self, points: Iterable[Point]) -> str | None:
        """The literal words that stuck, if anything can be repeated at all."""
        quotes = [point.quote for point in points if point.quote]
        return next(iter((*quotes, *self._anchors)), None)

    def first_words(self) -> str:
        """A quotation from where the reading began."""
        opening = tight(self.read[0].text) if self.read else ""
        return f"“{opening}”" if opening else _UNREADABLE

    def last_words(self) -> str:
        """A quotation from where the reading ended."""
        ending = clauses(self.read[-1].text) if self.read else ()
        return f"“{ending[-1]}”" if ending else self.first_words()

    def slots(self, point: Point, extra: Mapping[str, str]) -> dict[str, str]:
        """Everything a schema about this point may name."""
        self._turn += 1
        if point.quote:
            self._recent = (point.quote, *self._recent[:2])
        named = _named(point.quote, point.kind, point.family.noun)
        return {**self._common, **self._topic(), **named, "a": "", **extra}

    def _anchor(self) -> str:
        """A line to point at where a thing has no words of its own, not one just quoted."""
        count = len(self._anchors)
        turned = [self._anchors[(self._turn + step) % count] for step in range(min(count, 6))]
        apart = (a for a in turned if not any(q in a or a in q for q in self._recent))
        anchor = next(apart, turned[0] if turned else "")
        self._recent = (anchor, *self._recent[:2])
        return f"“{anchor}”" if anchor else _UNREADABLE

    def _topic(self) -> dict[str, str]:
        if not self._topics:
            return named(_WORDLESS, 0, english=True)
        word = self._topics[self._turn % len(self._topics)]
        return named(word, self._turn % _TURNS, english=self._english)


@lru_cache(maxsize=4096)
def _named(quote: str, kind: str, noun: str) -> dict[str, str]:
    """The slots that name a point."""
    slots = {"k": kind.removeprefix("missing_").replace("_", " "), "noun": noun}
    if quote:
        slots |= {"q": f"“{quote}”", "word": "phrase" if " " in quote else "word"}
    if quote and " " not in quote:
        slots["one"] = slots["q"]
    return slots


@lru_cache(maxsize=64)
def checksum(text: str) -> int:
    """A number that tells one content from another: their voices draw different wordings."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _quotable(read: tuple[Span, ...]) -> tuple[str, ...]:
    prose = [span for span in read if span.kind not in _UNANCHORED and "?" not in span.text]
    found = [clause for span in (prose or read)[:_ANCHORED_SPANS] for clause in clauses(span.text)]
    whole = [clause for clause in found if len(clause.split()) > 2]
    return tuple(dict.fromkeys(whole or found))
