"""How strongly each cue moves each dimension, and whom it moves more: the seam for learned heads.

Signs come from published work where there is any; sizes are design assumptions until fitted.
[R] Robertson et al. 2023 and [G] Gligoric et al. 2023: headline experiments on clicks. [H]
Habernal and Gurevych 2016: stated reasons why a text convinces. [U] Unbounce 2024: plain copy and
conversion. [F] Friestad and Wright 1994: readers resist persuasion they recognise.
"""

from collections.abc import Mapping
from typing import NamedTuple

DIMENSIONS = ("attention", "relevance", "clarity", "credibility", "desire", "friction")

_S, _P, _K, _X, _V = (
    "skepticism", "price_sensitivity", "need_for_cognition", "expertise", "novelty",
)  # fmt: skip


class Effect(NamedTuple):
    """The pull of one cue kind on one dimension; gains are per standard score of a trait."""

    dimension: int  # place in DIMENSIONS
    base: float
    gains: tuple[tuple[str, float], ...]


_Row = tuple[str, float, Mapping[str, float]]

_CUES: dict[str, tuple[_Row, ...]] = {
    "number": (  # [H] detail and facts win; [G] numbers raise clicks
        ("attention", 0.22, {_K: 0.04}), ("credibility", 0.34, {_K: 0.08}),
        ("clarity", 0.16, {}), ("desire", 0.10, {}),
    ),
    "proof": (  # [H] the most frequent stated reason
        ("credibility", 0.72, {_S: 0.12, _K: 0.08}), ("desire", 0.24, {}),
        ("attention", 0.08, {_K: 0.06}),
    ),
    "price": (
        ("credibility", 0.26, {}), ("clarity", 0.26, {_P: 0.06}),
        ("desire", 0.02, {_P: -0.10}), ("friction", -0.12, {_P: 0.06}),
    ),
    "ask": (("clarity", 0.16, {}), ("desire", 0.12, {}), ("friction", -0.10, {_S: 0.05})),
    "social_proof": (("credibility", 0.36, {"A": 0.08, _S: -0.08}), ("desire", 0.22, {"E": 0.05})),
    "guarantee": (("credibility", 0.20, {}), ("friction", -0.34, {_P: -0.08, "N": -0.06})),
    "candour": (  # [F] the opposite of a sales pitch
        ("credibility", 0.46, {_S: 0.10}), ("attention", 0.18, {}), ("desire", 0.06, {}),
    ),
    "benefit": (("desire", 0.36, {_P: 0.05}), ("relevance", 0.22, {}), ("attention", 0.10, {})),
    "audience": (("relevance", 0.32, {}), ("attention", 0.08, {}), ("clarity", 0.08, {})),
    "second_person": (("relevance", 0.22, {"E": 0.03}), ("attention", 0.08, {})),
    "story": (("attention", 0.26, {"A": 0.05}), ("credibility", 0.12, {})),  # [G] first person
    "curiosity_gap": (
        ("attention", 0.46, {_V: 0.12}), ("credibility", -0.24, {_S: -0.12}),
        ("desire", 0.10, {_V: 0.06}), ("clarity", -0.12, {_K: -0.04}),
    ),
    "question": (("attention", 0.12, {"O": 0.06}), ("credibility", -0.06, {})),
    "negativity": (  # [R] each negative word raises clicks
        ("attention", 0.28, {"N": 0.08}), ("desire", -0.06, {}),
    ),
    "positivity": (("attention", -0.06, {}), ("desire", 0.10, {"A": 0.04})),  # [R]
    "link": (("friction", -0.04, {}), ("desire", 0.04, {})),
    "hashtag": (("credibility", -0.10, {_S: -0.04}), ("attention", 0.04, {}),
                ("friction", 0.10, {})),
    "emoji": (("attention", 0.10, {"E": 0.05}), ("credibility", -0.12, {_S: -0.05})),
    "hype": (  # [F]
        ("credibility", -0.78, {_S: -0.20, _X: -0.08}), ("desire", -0.26, {_S: -0.08}),
        ("friction", 0.34, {_S: 0.08}), ("clarity", -0.16, {}),
    ),
    "jargon": (  # [U]
        ("clarity", -0.66, {_X: 0.24}), ("friction", 0.36, {_X: -0.12}),
        ("relevance", -0.18, {_X: 0.12}), ("attention", -0.14, {}),
    ),
    "hard_sentence": (  # [U]
        ("clarity", -0.58, {_K: 0.12}), ("attention", -0.26, {_K: 0.08}), ("friction", 0.30, {}),
    ),
    "vague_claim": (  # [H] vague and unsupported lose
        ("credibility", -0.40, {_S: -0.08, _K: -0.06}), ("desire", -0.24, {}),
        ("clarity", -0.18, {}), ("attention", -0.12, {}),
    ),
    "filler": (("clarity", -0.14, {}), ("attention", -0.12, {})),
    "urgency": (  # [F]
        ("credibility", -0.46, {_S: -0.14}), ("friction", 0.44, {_S: 0.10}),
        ("desire", 0.04, {"C": -0.08}), ("attention", 0.08, {}),
    ),
    "instruction": (("credibility", -0.95, {_S: -0.10}), ("friction", 0.60, {}),
                    ("clarity", -0.30, {})),
    "shouting": (("credibility", -0.42, {_S: -0.08}), ("friction", 0.34, {"N": 0.04}),
                 ("attention", 0.06, {})),
    "corporate_we": (("attention", -0.14, {}), ("relevance", -0.16, {})),  # [G] first plural
    "missing_price": (
        ("friction", 0.46, {_P: 0.18}), ("desire", -0.20, {_P: -0.10}),
        ("credibility", -0.18, {_S: -0.05}),
    ),
    "missing_proof": (("credibility", -0.60, {_S: -0.16, _K: -0.06}), ("desire", -0.18, {})),
    "missing_ask": (("friction", 0.26, {}), ("desire", -0.16, {}),
                    ("clarity", -0.20, {"C": -0.05})),
    "missing_benefit": (("desire", -0.46, {}), ("relevance", -0.34, {}), ("attention", -0.16, {})),
    "missing_audience": (("relevance", -0.40, {}), ("attention", -0.10, {})),
    "off_format_length": (("attention", -0.36, {_K: 0.10}), ("friction", 0.32, {}),
                          ("clarity", -0.16, {})),
    # The page around the text. No data say how much: [W] what WCAG 2.2 asks for, [L] LIFT's
    # clarity and distraction; sized below what is said in words, a phone's for half the visitors.
    "layout_heading": (("attention", -0.30, {}), ("clarity", -0.16, {})),  # [L]
    "layout_ask": (("friction", 0.22, {}), ("desire", -0.12, {}),  # [L]
                   ("clarity", -0.12, {"C": -0.04})),
    "layout_competing": (("clarity", -0.26, {_K: 0.05}), ("friction", 0.26, {"N": 0.04}),  # [L]
                         ("attention", -0.10, {})),
    "layout_contrast": (("clarity", -0.34, {}), ("friction", 0.28, {}),  # [W]
                        ("credibility", -0.08, {})),
    "layout_crowded": (("attention", -0.26, {_K: 0.10}), ("friction", 0.22, {}),  # [L]
                       ("clarity", -0.14, {})),
    "layout_bare": (("attention", -0.18, {}), ("relevance", -0.14, {}), ("credibility", -0.08, {})),
    "layout_long": (("attention", -0.18, {_K: 0.08}), ("friction", 0.20, {})),
    "layout_phone": (("friction", 0.28, {}), ("clarity", -0.18, {}),  # [W]
                     ("credibility", -0.10, {})),
}  # fmt: skip

# What a person brings to any text, per standard score.
_PERSON: dict[str, Mapping[str, float]] = {
    "attention": {_V: 0.26, "E": 0.10},
    "relevance": {_V: 0.08},
    "clarity": {_X: 0.16, _K: 0.18},
    "credibility": {_S: -0.42, "A": 0.20},
    "desire": {_V: 0.26, _P: -0.18, "A": 0.08},
    "friction": {"N": 0.16, _P: 0.12, _S: 0.10},
}
CIRCLE = {"intended": 0.40, "adjacent": -0.05, "accidental": -0.60}  # on relevance
KNOWN_TOPIC = 0.70  # most that words of one's own field add to relevance
UNKNOWN_TOPIC = -0.15
FORMAT = {"tweet": -0.10, "linkedin": -0.10, "url": 0.0, "markdown": 0.15, "text": 0.05}
CONTENT = 0.55  # all cues together: sized so that texts explain some 30 % of intent
CONTENT_BESIDE = 0.3  # the same where learned weights speak: at this a panel chooses as they do
WORDING = ((0, 0.2), (4, 1.3))  # what a unit of a wording's worth adds to attention and desire
MOOD = 0.55  # the occasion's own spread on every dimension
TASTE = 0.60  # how far people differ in how much a kind of cue does to them


def _effects(rows: tuple[_Row, ...]) -> tuple[Effect, ...]:
    return tuple(Effect(DIMENSIONS.index(name), base, tuple(gains.items()))
                 for name, base, gains in rows)  # fmt: skip


EFFECTS = {kind: _effects(rows) for kind, rows in _CUES.items()}
PERSON = tuple(
    (DIMENSIONS.index(name), trait, loading)
    for name, loadings in _PERSON.items()
    for trait, loading in loadings.items()
)
