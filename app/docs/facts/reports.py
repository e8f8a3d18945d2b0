"""The worked example, and what each field of a report says: as its model has it, or here."""

from typing import Any

from app.docs import printed
from app.docs.example import answers
from app.docs.facts import reactions
from app.docs.facts.fields import Field, of_model
from app.settings import Settings
from app.tools import report, shapes

STATS = {
    "reactions": "How many people reacted.",
    "avgIntent": "Mean intent, 0 to 10.",
    "intentHistogram": "How many chose each intent, from 0 to 10: eleven counts.",
    "decisions": "How many chose `stay`, `scroll`, `click`, `save`.",
    "sentiment": "How many were `positive`, `neutral`, `negative`, `mixed`.",
    "intervals": (
        "95 % intervals of `avgIntent` and of each share in `decisions`; `note` says of what."
    ),
    "avgTrust": "Mean trust, 0 to 10; left out at `snapshot`, where nobody is asked.",
}
VALIDITY = {
    "level": (
        "How far such texts were checked against people: `validated-wording`, `validated-elsewhere`"
        " (on texts like it in form only) or `unvalidated-format`."
    ),
    "task": "What was checked, or null.",
    "accuracy": "How often it was right, or null.",
    "ci": "The 95 % interval of that, or null.",
    "data": "On what data, or null.",
    "baseline": "What `guessing` and going by `length` reach there, or null.",
    "ceiling": "What a perfect judge could reach there, or null.",
    "not_validated": "What nobody has checked; do not report it as a forecast.",
    "language": "`en`, or `other`: word lists are English, and other texts are weighed without.",
    "note": "The same in words, to pass on.",
}
_PROGRESS = ("reactions_done", "reactions_total", "done", "failure", "poll_after_s")
_OF_COMPARISONS = ("compare_id", "runs", "result")


def facts(settings: Settings) -> dict[str, Any]:
    """The example, how it is printed, and what each of its fields says."""
    return {
        "example": answers(settings.base_url),
        "json": printed.printed,
        "wrapped": printed.wrapped,
        "without": printed.without,
        "only": printed.only,
        "report_tables": report_tables(),
        "reaction_levels": reactions.LEVELS,
        "persona_fields": reactions.PERSONA,
        "stats_fields": STATS,
        "validity_fields": VALIDITY,
    }


def report_tables() -> dict[str, list[Field]]:
    """Every field of a report and of what is in it, by the place it has there."""
    return {
        "head": of_model(report.Report, *_PROGRESS, *_OF_COMPARISONS),
        "engine": of_model(shapes.Engine),
        "segments": of_model(shapes.Segment),
        "topFriction": of_model(shapes.Friction),
        "evidence": of_model(shapes.Evidence),
        "rewrite": of_model(shapes.Rewrite),
        "archetypes": of_model(shapes.Archetype),
        "result": of_model(shapes.Result),
        "preferred": of_model(shapes.Preferred),
    }
