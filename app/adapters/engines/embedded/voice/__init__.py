"""The voice: what a person in the panel says, made from their ledger and the literal content."""

from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.voice.fields.deep import deep
from app.adapters.engines.embedded.voice.fields.snapshot import snapshot
from app.adapters.engines.embedded.voice.fields.standard import standard
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.domain.panel.shapes import Json

_LEVELS = {"snapshot": 1, "standard": 2, "deep": 3}
_FIELDS = (snapshot, standard, deep)

Trace = list[tuple[str, str]]


def speak(seat: Seat, detail: str) -> Json:
    """The body of a reaction at a level of detail, without the persona."""
    return speak_traced(seat, detail)[0]


def speak_traced(seat: Seat, detail: str) -> tuple[Json, Trace]:
    """The body, and for each sentence in it the ledger term it goes back to."""
    speaker = Speaker(seat)
    body: Json = {}
    for fields in _FIELDS[: _LEVELS[detail]]:
        body |= fields(speaker, speaker.roles)
    return body, speaker.trace
