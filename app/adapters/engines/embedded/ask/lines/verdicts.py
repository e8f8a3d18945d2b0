"""Schemata that open with a yes, a no, a maybe or a number."""

WHY = {
    "scroll": (
        "because {c}",
        "[mostly|mainly] because {c}",
        "{c}, [simple as that|and I had nothing to hold me]",
        "b: {c}",
        "h: I think because {c}",
        "w: no ill will, but {c}",
    ),
    "stay": (
        "because {c}",
        "[mostly|mainly] because {c}",
        "{c}, [so I gave it the time|and no more than that]",
        "h: I think because {c}",
    ),
    "click": (
        "because {c}",
        "{c}, [and I wanted the rest|that was enough for me]",
        "b: {c}",
        "h: I think because {c}",
    ),
    "save": (
        "because {c}",
        "{c}, [and I'll want it again|but not for right now]",
        "h: I think because {c}",
    ),
}
DID_NOT = (
    "I didn't, I {did}",
    "[actually|well], I {did}",
    "that wasn't me, I {did}",
)
NO_PRICE_READ = (
    "I saw no price in what I read, I stopped after {a}",
    "not that I saw; I'd stopped by then, {a} was about the last of it",
)
NO_PRICE = (
    "no price that I saw, and it isn't what decides it for me: {c}",
    "money doesn't come into it, as far as I read; what counts for me is that {c}",
)
MIND_CHANGED = (
    "[one thing would do it|it would take one thing]: {wish}",
    "[this would|for me this would]: {wish}",
    "{wish}, and I'd [look again|read it differently]",
    "b: {wish}",
    "h: perhaps if {they} did this: {wish}",
    "w: I'd [gladly|happily] think again; {wish}",
)
MIND_TOO = (
    "[then|and then]: {wish}",
    "and while {they} are at it: {wish}",
)
MIND_COMPUTED = (
    "with that mended I'd go from {before} to {after} out of 10",
    "that would take me from {before} to {after} out of 10",
)
MIND_TURNED = (
    "with that mended I'd {does}, and go from {before} to {after} out of 10",
    "that would do it: I'd {does}, {after} out of 10 where it was {before}",
)
MIND_UNMOVED = (
    "even then I'd be at {after} out of 10, so it would take more than that",
    "that alone would leave me at {after} out of 10, though",
)
MIND_KEPT = (
    "nothing needs to, I'm [with it|already in]; more of this would lose me: {c}",
    "I'm [on its side|in] already, as long as this doesn't grow: {c}",
)
WOULD_PAY = {
    "yes": ("[probably|yes], {c}", "yes, I [think|believe] so: {c}", "b: yes; {c}"),
    "maybe": (
        "maybe, {c}",
        "[possibly|perhaps], but {c}",
        "it depends: {c}",
        "h: maybe, I'd have to think; {c}",
    ),
    "no": (
        "no, {c}",
        "not [as it stands|yet]: {c}",
        "no, because {c}",
        "b: no; {c}",
        "w: no, [sorry|to be fair to them]: {c}",
    ),
}
ACTS = {
    "yes": ("yes, I {did}: {c}", "yes; {c}", "I did, because {c}", "b: yes, {c}"),
    "maybe": (
        "maybe later, {c}",
        "perhaps; {c}",
        "h: maybe, I'm not decided: {c}",
        "not today, perhaps [another day|when I have time]: {c}",
    ),
    "no": (
        "no, I {did}: {c}",
        "no; {c}",
        "no, because {c}",
        "b: no, {c}",
        "w: no, [sorry|I'm afraid]: {c}",
    ),
}
SCORE = (
    "{n} out of 10, because {c}",
    "I'd say {n} out of 10: {c}",
    "{n} out of 10; {c}",
    "h: maybe {n} out of 10, since {c}",
)
TRUST = {
    "high": (
        "yes, {n} out of 10: {c}",
        "I do, [mostly|more than most]: {c}, so {n} out of 10",
        "yes; {c}, which makes it {n} out of 10 for me",
    ),
    "middling": (
        "half and half, {n} out of 10: {c}",
        "[partly|up to a point]: {c}, so {n} out of 10",
        "it depends which part; {c}, call it {n} out of 10",
    ),
    "low": (
        "no, {n} out of 10: {c}",
        "not [really|much]: {c}, so {n} out of 10",
        "hardly, because {c}; {n} out of 10",
        "b: no: {c}, {n} out of 10",
    ),
}
OPINION = {
    "positive": ("I like it: {c}", "good, on the whole: {c}", "b: good; {c}", "w: I liked it, {c}"),
    "negative": (
        "not much: {c}",
        "it isn't for me: {c}",
        "b: weak; {c}",
        "w: I wanted to like it, but {c}",
    ),
    "neutral": ("it left me where I was: {c}", "neither here nor there: {c}", "it's fine; {c}"),
    "mixed": (
        "two minds about it: {c}",
        "[mixed|a bit of both]: {c}",
        "part of it works; {c}",
    ),
}
