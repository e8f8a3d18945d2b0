"""One question put to one person: everything a reply may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.roles import Roles
from app.adapters.engines.embedded.voice.scene import deeds
from app.adapters.engines.embedded.voice.speaker import Schemata, Speaker

Rerun = Callable[[str], Seat]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the person it is put to."""

    speaker: Speaker
    question: Question
    history: Sequence[Question]
    rerun: Rerun

    @property
    def seat(self) -> Seat:
        """Who is asked."""
        return self.speaker.seat

    @property
    def roles(self) -> Roles:
        """What they have to say."""
        return self.speaker.roles

    @property
    def did(self) -> str:
        """What they did, in the past tense."""
        words = deeds(self.seat.document.content_type)
        return self.speaker.chosen(words[_DEED[self.seat.outcome.decision]])

    @property
    def every(self) -> tuple[Point, ...]:
        """All their points, those hardly felt among them."""
        return (*self.roles.all, *self.speaker.points.faint)

    def naming(self, schemata: Schemata, point: Point) -> str:
        """A sentence that names a point and says why, without naming it twice."""
        named = self.speaker.naming(point)
        quote = named["q"]
        reason = self.speaker.clause(point).replace(f", {quote}", "").replace(quote, "it")
        return self.speaker.say(schemata, point, c=reason, **named)

    def because(self, schemata: Schemata, point: Point, **extra: str) -> str:
        """A sentence about a point with a reason in it."""
        return self.speaker.say(schemata, point, c=self.speaker.clause(point), **extra)

    def wordy(self, sentences: Sequence[str]) -> list[str]:
        """As many of the sentences as this person would say; always the first."""
        manner = self.speaker.manner
        return list(sentences[: 1 if manner.terse else 3 if manner.wordy else 2])

    def on(self, dimension: str, *, liked: bool | None = None) -> list[Point]:
        """The points that moved a dimension, the strongest first; all of them where none did."""
        points = [p for p in self.roles.all if liked is None or p.liked == liked]
        moved = [p for p in points if p.moved.get(dimension)]
        return sorted(moved, key=lambda p: (-abs(p.moved[dimension]), p.ref)) or points


_DEED = {"scroll": "left", "stay": "stayed", "click": "went", "save": "kept"}
