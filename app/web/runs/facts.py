"""What every page about a run says of it: its name, its address, how soon to look again."""

from datetime import datetime
from urllib.parse import quote

from app.domain.report.report import Report
from app.domain.runs import titles
from app.domain.runs.sheet import Sheet
from app.kit import clock
from app.web import figures, histograms

CARDS = 6  # of those who answered last, while something runs
_SOONEST_S, _LATEST_S, _PART = 1, 15, 8

_QUESTION = (
    "Read the Polis report {} with the tool polis_report, "
    "then tell me what to change first, and why."
)

Drawn = dict[str, object]


def title(it: Sheet) -> str:
    """What a run is called on its pages."""
    return titles.title(it.label, it.url, it.content)


def look_again_s(since: datetime) -> int:
    """Seconds until it is worth another look: the longer it takes, the less often."""
    passed = (clock.now() - since).total_seconds()
    return int(min(max(passed / _PART, _SOONEST_S), _LATEST_S))


def claude(it: Sheet) -> str:
    """Where Claude begins with a question about this run, which it reads by its connector."""
    return f"https://claude.ai/new?q={quote(_QUESTION.format(it.id))}"


def drawn(report: Report) -> Drawn:
    """The pictures of a report."""
    counts, intent = tuple(one.people for one in report.groups), report.found.intent
    return {
        "room": figures.room(figures.marks(counts)),
        "a_mark": figures.people_a_mark(sum(counts)),
        "histogram": histograms.histogram(
            report.found.histogram, intent.low, intent.value, intent.high
        ),
    }
