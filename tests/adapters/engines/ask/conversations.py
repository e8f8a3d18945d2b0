"""Questions put to seats, by hand-made seats or by the whole engine."""

from app.adapters.engines.embedded import ask
from tests.adapters.engines.panels import ENGINE, request
from tests.adapters.engines.texts import TEXTS
from tests.adapters.engines.voice.seats import seat_with

LAUNCH = (
    "Meet Rollback, the deploy safety net\n\n"
    "It undoes bad releases in under 12 seconds. Our revolutionary engine leverages observability."
    " Used by 2,300 teams.\n\nStart your free trial today."
)


def put(question, seat=None, history=(), rerun=None):
    """The answer of one hand-made seat."""
    taken = seat or seat_with()
    return ask.answer(taken, question, history, rerun or (lambda _: taken))


class Panel:
    """A planned run whose seats can be asked and asked again on edited content."""

    def __init__(self, content, content_type="text", **changes):
        self.plan = ENGINE.plan(request(content, content_type, detail="deep", **changes))

    def seat(self, number, content=None):
        return ENGINE.reseat(self.plan, number, content)

    def ask(self, question, number=1, history=()):
        return ask.answer(
            self.seat(number), question, history, lambda edited: self.seat(number, edited)
        )

    def all(self, question, count=20):
        return [self.ask(question, number) for number in range(1, count + 1)]


def known_panel(name):
    content_type, content = TEXTS[name]
    return Panel(content, content_type)
