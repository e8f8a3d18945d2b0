"""The records a panel is made of: what is read, who reads it, what they make of it.

Everything here is plain data without behaviour, so that every engine shares it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Layout = tuple[tuple[str, float], ...]  # kinds of cue and their strength, 0…1
TALK = "talk"  # in a reaction's state: pairs of question and answer, for a model


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """What a run asks of an engine; equal requests give equal reports."""

    content_type: str  # text | tweet | linkedin | markdown | url
    content: str  # what the panel reads; for `url` the fetched text
    persona_count: int
    detail: str  # snapshot | standard | deep
    seed: int  # 0 … 2**63 - 1
    audience: str | None = None
    url: str | None = None
    url_mode: str | None = None  # copy | visual, `url` only
    audience_content: str | None = None  # a comparison's first variant: whom all of them are for
    picture: str | None = None  # of a page's first screen, a JPEG in base64, for models that see
    layout: Layout = ()  # found in the boxes of a page, for readers without eyes


@dataclass(frozen=True, slots=True)
class Span:
    """One readable piece of the content: `content[start:end] == text`."""

    id: int
    start: int
    end: int
    text: str
    kind: str  # headline | sentence | bullet | ask | hashtag | link
    words: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Something in the content that a reader may respond to; a missing thing is a cue too.

    `strength` is 0…1. A present cue has a span and offsets into the content with
    `content[start:end] == surface`; a missing one has `span_id` None and an empty surface.
    """

    id: str  # unique in the document, e.g. "number:3:17", "missing_proof"
    kind: str
    span_id: int | None
    start: int
    end: int
    surface: str
    strength: float


@dataclass(frozen=True, slots=True)
class Wording:
    """What weights learned from people's choices say of a wording."""

    format: str  # headline | tweet | argument: which choices
    level: str  # validated-wording | validated-elsewhere
    worth: float  # log odds of being preferred to a middling wording of the format


@dataclass(frozen=True, slots=True)
class Document:
    """The content as the panel sees it."""

    text: str
    content_type: str
    language: str  # "en", or "other" where the lexicons do not apply
    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]
    features: Mapping[str, float] = field(default_factory=dict)
    topics: tuple[str, ...] = ()  # the content's own most telling words
    layout: Layout = ()  # of the page the text stands on: an edit leaves it as it is
    wording: Wording | None = None  # None where people's choices tell nothing of such texts


@dataclass(frozen=True, slots=True)
class Persona:
    """One seated person. Traits are standard scores unless their name says otherwise."""

    number: int  # the seat, from 1; seat 17 is the same person at n = 100 and n = 1000
    id: str  # "p17"
    name: str
    age: int
    gender: str
    occupation: str
    archetype: str
    circle: str  # intended | adjacent | accidental
    context: str  # where and how this person meets the content, one clause
    traits: Mapping[str, float]
    knows: tuple[str, ...] = ()  # words of the audience card, for relevance
    jargon: frozenset[str] = frozenset()  # technical terms of their trade, word by word


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a person read before deciding; they can react to nothing else."""

    span_ids: tuple[int, ...]
    words: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of an appraisal: which dimension moved, by how much, because of what."""

    dimension: str  # attention | relevance | clarity | credibility | desire | friction
    source: str  # cue | wording | trait | format | mood
    ref: str  # a cue id, a format of choices, a trait name, a content type, or "mood"
    value: float  # signed, in the units of the dimension before it is bounded


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a person made of the content: six bounded dimensions and every term behind them."""

    attention: float  # each -1 … 1
    relevance: float
    clarity: float
    credibility: float
    desire: float
    friction: float
    ledger: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person did."""

    decision: str  # stay | scroll | click | save
    intent: int  # 0 … 10
    trust: int  # 0 … 10
    sentiment: str  # positive | neutral | negative | mixed
    utility: float  # the number the decision was drawn from; compares variants


@dataclass(frozen=True, slots=True)
class Reaction:
    """One seat's answer: what the customer reads, and what a follow-up needs."""

    number: int
    persona: Json  # id, name, age, occupation, archetype, circle
    body: Json  # the reaction's fields of the asked level of detail
    state: Json  # outcome, appraisal, exposure: never shown


@dataclass(frozen=True, slots=True)
class Answer:
    """One persona's answer to a follow-up question."""

    number: int
    text: str
    grounded: bool  # False where nothing the persona stored bears on the question


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What the panel's reactions add up to."""

    report: Json  # segments[3], topFriction[3], rewrite, structuralNotes (visual only)
    stats: Json
    archetypes: list[Json]
    audience: Json  # text, inferred, confidence, source
    validity: Json
    quoted: tuple[int, ...]  # seats quoted as evidence
    members: Mapping[str, list[int]] = field(default_factory=dict)  # seats of each segment by name
