"""What each kind of cue costs: the panel re-run without it, everything else as it was."""

from collections.abc import Sequence

from app.adapters.engines.embedded.appraise import Term, levels
from app.adapters.engines.embedded.decide import PULLS, decide
from app.adapters.engines.embedded.plan import Chair, Sitting, sit
from app.adapters.engines.embedded.view import Views
from app.adapters.engines.embedded.weights import CONTENT, DIMENSIONS, EFFECTS
from app.domain.panel.frictions import FELT, MOST, WISHES, Loss
from app.domain.panel.intervals import mean
from app.domain.panel.shapes import Outcome

_MOST_KINDS = 24
_OFFERS = ("candour", "guarantee")  # only what is offered can be owned up to or tried
_SUPPORT = ("proof", "number")  # only what is claimed can be backed
_CLAIMS = ("hype", "vague_claim", "benefit", "social_proof", "number")
_WISHED_LOAD = 0.7  # about one clear instance of what is missing
_ENOUGH = 0.6  # load from which more of a kind is no wish


def losses(views: Views, chairs: Sequence[Chair]) -> list[Loss]:
    """The loss by every kind that costs the panel something, and by what it could wish for."""
    sittings = [sit(views, one) for one in chairs]
    costing = [_without(kind, views, chairs, sittings) for kind in _costly(sittings)]
    return [*costing, *(_with(kind, views, chairs, sittings) for kind in _wishes(views, costing))]


def _wishes(views: Views, costing: Sequence[Loss]) -> list[str]:
    """What could be added: what fits this text and is scarce in it, enough to make three."""
    loads = dict(views.at(len(views.document.spans)).felt().loads)
    offers = views.document.features["selling"] > 0
    claims = any(loads.get(kind, 0.0) for kind in _CLAIMS)
    fitting = [
        kind
        for kind in WISHES
        if (offers or kind not in _OFFERS)
        and (claims or kind not in _SUPPORT)
        and f"missing_{kind}" not in loads
    ]
    scarce = [kind for kind in fitting if loads.get(kind, 0.0) < _ENOUGH]
    faults = [loss for loss in costing if loss.severity >= FELT]
    pools = (scarce, fitting, tuple(WISHES))
    return list(next(pool for pool in pools if len(pool) + len(faults) >= MOST))


def _costly(sittings: Sequence[Sitting]) -> list[str]:
    """The kinds that pull the panel down, the heaviest first."""
    sums: dict[str, float] = {}
    for one in sittings:
        for dimension, source, ref, value in one.terms:
            kind = ref if source == "cue" else "fit" if ref == "knows" else ""
            if kind:
                sums[kind] = sums.get(kind, 0.0) + PULLS[DIMENSIONS[dimension]] * value
    heavy = sorted((round(value, 6), kind) for kind, value in sums.items() if value < 0)
    return [kind for _, kind in heavy[:_MOST_KINDS]]


def _without(kind: str, views: Views, chairs: Sequence[Chair], sittings: Sequence[Sitting]) -> Loss:
    changed = [
        _redone([term for term in one.terms if not _is(term, kind)], views, place)
        for one, place in zip(sittings, chairs, strict=True)
    ]
    return _loss(kind, sittings, changed, wish=False)


def _is(term: Term, kind: str) -> bool:
    if kind == "fit":
        return term.ref == "knows" and term.value < 0
    return term.source == "cue" and term.ref == kind


def _with(kind: str, views: Views, chairs: Sequence[Chair], sittings: Sequence[Sitting]) -> Loss:
    added = [
        Term(dimension, "cue", kind, CONTENT * _WISHED_LOAD * base)
        for dimension, base, _ in EFFECTS[kind]
    ]
    changed = [
        _redone([*one.terms, *added], views, place)
        for one, place in zip(sittings, chairs, strict=True)
    ]
    return _loss(kind, sittings, changed, wish=True)


def _redone(found: list[Term], views: Views, one: Chair) -> Outcome:
    return decide(levels(found), found, views.document.content_type, one.disposition)


def _loss(kind: str, before: Sequence[Sitting], after: Sequence[Outcome], *, wish: bool) -> Loss:
    pairs = [(was.outcome, now) for was, now in zip(before, after, strict=True)]
    return Loss(
        kind=kind,
        utility=round(mean([now.utility - was.utility for was, now in pairs]), 6),
        trust=round(mean([float(now.trust - was.trust) for was, now in pairs]), 6),
        engaged=round(mean([_engaged(now) - _engaged(was) for was, now in pairs]), 6),
        wish=wish,
    )


def _engaged(outcome: Outcome) -> float:
    return float(outcome.decision != "scroll")
