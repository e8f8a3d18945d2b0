"""Schemata about parts of the content: the best, the worst, the unclear, the missing."""

FAVOURITE = (
    "{q}, because {c}",
    "the part with {q}: {c}",
    "{q}; {c}",
    "[easily|for me] {q}: {c}",
)
FAVOURITE_NONE = (
    "nothing stood out that way; {c}",
    "I can't name one; {c}",
    "no favourite, I'm afraid: {c}",
)
LEAST = (
    "{q}, because {c}",
    "the part with {q}: {c}",
    "{q}; {c}",
)
LEAST_ABSENT = (
    "what isn't there: {c}",
    "the gap: {c}",
    "less what it says than what it leaves out: {c}",
)
LEAST_SEEN = (
    "[how it looks|the page itself]: {c}",
    "less the words than the page they stand on: {c}",
    "what I saw rather than what I read: {c}",
)
LEAST_NONE = (
    "nothing much, in fact {c}",
    "no real complaint: {c}",
    "I didn't stumble over anything; {c}",
)
FIRST = (
    "{q}, {pos}",
    "my eye went to {q} first, {pos}",
    "{q}; everything else came second",
)
FIRST_THOUGHT = (
    "and I thought: {c}",
    "my first thought there was that {c}",
    "straight away: {c}",
)
STUCK = (
    "{q}, that's what stayed",
    "I'd still know {q} tomorrow",
    "{q}; the rest is already fading",
    "the {noun}, {q}",
)
# By what was asked: whether it is unclear, whether it is clear, or what of it is not.
CONFUSING = {
    "unclear": (
        "yes: {c}",
        "one thing, yes: {c}",
        "yes, in one place: {c}",
        "h: a little, {c}",
        "b: yes; {c}",
    ),
    "clear": (
        "not quite: {c}",
        "not everywhere: {c}",
        "partly; {c}",
        "h: not all of it, {c}",
        "b: no; {c}",
    ),
    "open": (
        "{c}",
        "[mostly|mainly] that {c}",
        "one thing above all: {c}",
    ),
}
CLEAR = {
    "unclear": (
        "no, I could follow it; {c}",
        "no, it was clear enough: {c}",
        "b: no, it's clear; {c}",
    ),
    "clear": (
        "yes, I could follow it; {c}",
        "yes, clear enough: {c}",
        "b: yes; {c}",
    ),
    "open": (
        "nothing I stumbled over; {c}",
        "I could follow all of it: {c}",
    ),
}
MISSING = (
    "{c}",
    "[mostly|above all] this: {c}",
    "for me, {c}",
)
LOOKS = (
    "{c}",
    "[mostly|above all] this: {c}",
    "as for how it looks, {c}",
    "w: a small thing, but {c}",
    "b: {c}, that's how it looks",
)
MISSING_NONE = (
    "nothing I went looking for; {c}",
    "I didn't miss anything, {c}",
)
OBJECTION = (
    "{c}",
    "[mainly|mostly] that {c}",
    "one thing above all: {c}",
    "h: I suppose that {c}",
)
OBJECTION_NONE = (
    "none worth the name; {c}",
    "nothing holds me back, {c}",
)
ALSO = (
    "and {c}",
    "[also|besides], {c}",
    "then there's this: {c}",
)
BUT = (
    "still, {c}",
    "against that, {c}",
    "on the other side, {c}",
    "but {c}",
)
PHRASE_LIKED = (
    "it works for me: {c}",
    "I'm glad it's there; {c}",
    "it helped: {c}",
    "b: good; {c}",
)
PHRASE_DISLIKED = (
    "it puts me off: {c}",
    "it's a problem for me, {c}",
    "I'd do without it: {c}",
    "b: lose it; {c}",
)
PHRASE_NEUTRAL = (
    "I read {p} and it left me cold; what moved me more was {q}",
    "{p} went by without doing much either way, unlike {q}",
    "no strong feeling about {p}; I was busy with {q}",
)
PHRASE_UNREAD = (
    "I never got that far, I stopped after {a}",
    "I couldn't say: I'd stopped by then, {a} was about the last I read",
)
KIND_LIKED = (
    "{q}, and it works for me: {c}",
    "{q}; I'm fine with it, {c}",
    "{q} helped: {c}",
)
KIND_DISLIKED = (
    "{q}, and it puts me off: {c}",
    "{q} is a problem for me: {c}",
    "{q}; I'd do without, {c}",
)
KIND_ABSENT = (
    "as far as I read there's none of that, only {q}",
    "I saw none of it; what I did see was {q}",
)
OPENING_LIKED = (
    "it opens on {a}, and that's a decent start: {c}",
    "{a} is a fair way in; {c}",
)
OPENING_DISLIKED = (
    "it opens on {a}, and that didn't carry me: {c}",
    "{a} isn't much of a start for me; {c}",
)
