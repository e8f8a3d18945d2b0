"""Schemata for thinking aloud: a first thought, a turn, a decision with its reason."""

OPENING = (
    "[first thought|straight off]: {c}",
    "I [noticed|saw] early on that {c}",
    "what [got|struck] me is that {c}",
    "[okay|right], so {c}",
    "I [can't get past the fact|keep coming back to the fact] that {c}",
    "[to start with|for a start], {c}",
    "my [first|honest] reaction is that {c}",
    "the thing [about|with] this {post} is that {c}",
    "I'm [reading along|a line in] and {c}",
    "d: [well|so], {c}",
    "h: I [think|feel] that {c}",
    "b: {c}",
    "w: [honestly|I'll be honest], {c}",
)
TURN = (
    "[then again|on the other hand], {c}",
    "against that, {c}",
    "[still|even so], {c}",
    "but {c}",
    "[at the same time|mind you], {c}",
    "[what I'd set against it|the other side of it]: {c}",
    "h: [perhaps|to be fair], {c}",
)
MORE = (
    "and {c}",
    "[on top of that|besides], {c}",
    "[also|then], {c}",
    "[what's more|add to that]: {c}",
    "[next thing|a line later]: {c}",
)
DECIDED = {
    ("scroll", False): (
        "I {left} because {c}",
        "{c}, so I {left}",
        "{c}, and that was [enough to lose me|that]: I {left}",
        "[that did it|in the end]: {c}, and I {left}",
        "I [gave it a moment|might have stayed], but {c}, so I {left}",
        "b: {c}; I {left}",
        "h: I suppose I {left} because {c}",
        "w: [no hard feelings|nothing personal], but {c}, so I {left}",
    ),
    ("scroll", True): (
        "{c}, but that wasn't enough and I {left}",
        "even though {c}, I {left}",
        "I {left} all the same, [fair as it is|even granting] that {c}",
        "yes, {c}, and [still|even so] I {left}",
    ),
    ("stay", False): (
        "I {stayed}, though {c}",
        "I {stayed} and did nothing about it, because {c}",
        "{c}, so I {stayed} and [went no further|left it there]",
        "{c}; I {stayed} [without being won over|on the fence]",
        "I'm [still|somewhere] in the middle: I {stayed}, and {c}",
    ),
    ("stay", True): (
        "I {stayed} because {c}",
        "{c}, so I {stayed}",
        "{c}, and that [was enough|carried me]: I {stayed}",
        "{c}; I {stayed}, [no more than that|for now only that]",
        "what [kept me|made me stay]: {c}",
    ),
    ("click", False): (
        "I {went} [anyway|regardless], though {c}",
        "{c}, so I {went} to [find out|see for myself]",
        "even though {c}, I {went}",
        "{c}, and [still|even so] I {went}, [curious as I am|I wanted to know more]",
    ),
    ("click", True): (
        "{c}, so I {went}",
        "I {went} because {c}",
        "{c}, and that [settled it|was all I needed]: I {went}",
        "[that tipped it|in the end]: {c}, and I {went}",
        "b: {c}; I {went}",
        "h: I think I {went} because {c}",
    ),
    ("save", False): (
        "{c}, but I {kept} to look at properly",
        "I {kept}, though {c}",
        "I {kept} for a [calmer|better] moment, because right now {c}",
        "{c}; I {kept} to [check|come back to] when I have time",
    ),
    ("save", True): (
        "I {kept} because {c}",
        "{c}, so I {kept}",
        "{c}, and I {kept} [to come back to|for when I need it]",
        "[worth keeping|one to keep]: {c}, so I {kept}",
    ),
}
RESONATED = (
    "{c}",
    "that {c}",
    "[the part|the bit] where {c}",
    "[what worked|what landed]: {c}",
    "[I liked|I'll give it] that {c}",
    "[mostly|above all] that {c}",
    "the {noun}: {c}",
    "w: I [really|do] like that {c}",
    "d: credit where it's due: {c}",
    "b: [good|this works]: {c}",
)
CONFUSED = (
    "{c}",
    "I'm [not sure what to do with|unclear on] this: {c}",
    "[the unclear part|where I got lost]: {c}",
    "h: [maybe|perhaps] it's me, but {c}",
    "b: [unclear|I don't get it]: {c}",
    "it [loses|lost] me because {c}",
    "[one thing|something] I couldn't [settle|work out], since {c}",
)
