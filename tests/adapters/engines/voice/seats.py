"""Seats made by hand: a document with its cues, a person, a ledger."""

from app.adapters.engines.embedded.seat import Seat
from app.domain.panel.shapes import (
    Appraisal,
    Contribution,
    Cue,
    Document,
    Exposure,
    Outcome,
    Persona,
    Span,
)

CONTENT = (
    "Meet Rollback, the deploy safety net. It undoes bad releases in under 12 seconds. "
    "Our revolutionary engine leverages observability. Used by 2,300 teams. Start today."
)
# (kind, literal words or None where missing, dimension, value)
LEDGER = (
    ("number", "12 seconds", "credibility", 0.4),
    ("hype", "revolutionary", "credibility", -0.6),
    ("jargon", "leverages", "clarity", -0.3),
    ("social_proof", "Used by 2,300 teams", "credibility", 0.3),
    ("ask", "Start today", "desire", 0.1),
    ("missing_price", None, "friction", 0.5),
)


def seat_with(
    content=CONTENT,
    ledger=LEDGER,
    *,
    number=1,
    seed=7,
    traits=None,
    decision="stay",
    intent=4,
    trust=4,
    sentiment="mixed",
    read=None,
    language="en",
    content_type="text",
    topics=("rollback", "deploy", "releases"),
    terms=(("trait", "skepticism", "credibility", -0.1), ("mood", "mood", "attention", 0.05)),
):
    spans = sentences(content)
    read = len(spans) if read is None else read
    cues = [cue_for(content, spans, kind, words) for kind, words, _, _ in ledger]
    contributions = [
        Contribution(dimension, "cue", cue.id, value)
        for cue, (_, _, dimension, value) in zip(cues, ledger, strict=True)
        if cue.span_id is None or cue.span_id < read
    ]
    contributions += [Contribution(dim, source, ref, value) for source, ref, dim, value in terms]
    return Seat(
        document=Document(content, content_type, language, spans, tuple(cues), {}, topics),
        persona=person(number, traits or {}),
        exposure=Exposure(
            tuple(range(read)), sum(s.words for s in spans[:read]), read == len(spans)
        ),
        appraisal=Appraisal(0.1, 0.1, 0.0, 0.0, 0.0, 0.0, tuple(contributions)),
        outcome=Outcome(decision, intent, trust, sentiment, 0.1),
        seed=seed,
    )


def person(number, traits):
    return Persona(
        number=number,
        id=f"p{number}",
        name="Ruth Adeyemi",
        age=58,
        gender="woman",
        occupation="accountant",
        archetype="careful buyer",
        circle="intended",
        context="found it in the inbox this morning",
        traits=traits,
        knows=("deploy",),
    )


def sentences(content):
    spans, start = [], 0
    for piece in content.split(". "):
        end = start + len(piece)
        spans.append(Span(len(spans), start, end, piece, "sentence", len(piece.split())))
        start = end + 2
    return tuple(spans)


def cue_for(content, spans, kind, words):
    if words is None:
        return Cue(kind, kind, None, 0, 0, "", 0.5)
    start = content.index(words)
    span = next(span for span in spans if span.start <= start < span.end)
    id_ = f"{kind}:{span.id}:{start - span.start}"
    return Cue(id_, kind, span.id, start, start + len(words), words, 0.5)
