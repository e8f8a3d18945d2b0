"""What a panel's reactions add up to: groups, frictions, a rewrite and the figures."""

from collections.abc import Sequence

from app.adapters.engines.embedded.ablate import losses
from app.adapters.engines.embedded.plan import Plan, chair
from app.adapters.engines.embedded.rewrite.search import rewrite
from app.adapters.engines.embedded.validity import validity
from app.domain.panel import archetypes, audience, frictions, segments
from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Json, Reaction, Synthesis
from app.domain.panel.stats import stats

_RERUN = 150  # seats that are re-run for frictions; more change the first decimal at most
_SEARCH = 40  # seats that judge each edit of the rewrite


def synthesise(plan: Plan, reactions: Sequence[Reaction]) -> Synthesis:
    """The report of a whole panel, from its stored reactions and its re-seated first rows."""
    reasons = Reasons(plan.document)
    chairs = [chair(plan, one.number) for one in reactions[:_RERUN]]
    voices = frictions.Voices(reactions, reasons)
    ranked = frictions.rank(losses(plan.views, chairs), voices)
    groups = segments.segment(reactions, reasons)
    found = frictions.described(ranked, voices)
    report: Json = {
        "segments": segments.described(groups, reasons),
        "topFriction": found,
        "rewrite": rewrite(plan.views, chairs[:_SEARCH], chairs),
    }
    return Synthesis(
        report=report,
        stats=stats(reactions),
        archetypes=archetypes.archetypes(reactions, reasons),
        audience=audience.described(plan.audience),
        validity=validity(plan.document),
        quoted=_quoted(found),
        members={group.name: [one.number for one in group.members] for group in groups},
    )


def _quoted(found: Sequence[Json]) -> tuple[int, ...]:
    seats = {int(item["persona_id"][1:]) for row in found for item in row["evidence"]}
    return tuple(sorted(seats))
