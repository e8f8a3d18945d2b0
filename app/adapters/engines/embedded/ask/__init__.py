"""Follow-up questions: answered by one person from what they stored, and summed over several."""

from collections.abc import Sequence

from app.adapters.engines.embedded.ask.asked import Asked, Rerun
from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.ask.replies import reply
from app.adapters.engines.embedded.ask.tally import summarise
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.domain.panel.shapes import Answer

__all__ = ["answer", "summarise"]


def answer(seat: Seat, question: str, history: Sequence[str], rerun: Rerun) -> Answer:
    """This person's answer to a question; `history` is what the thread asked before."""
    asked = understood(question)
    speaker = Speaker(seat, f"ask {asked.low}")
    text, grounded = reply(Asked(speaker, asked, tuple(map(understood, history)), rerun))
    return Answer(seat.persona.number, text, grounded)
