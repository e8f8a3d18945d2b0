"""What is said about big words, empty claims and benefits nobody spells out."""

from app.adapters.engines.embedded.voice.family import Family

HYPE = Family(
    noun="big word",
    glance_good=("Lively", "Bold", "Excited", "Energetic"),
    glance_bad=("Salesy", "Loud", "Puffed-up", "Breathless"),
    liked=(
        "{q} is [a big word|a lot], but it [woke me up|made me look up]",
        "w: I [like|enjoy] the energy of {q}, [someone is proud of this|somebody means it]",
        "{q} [worked on me|got me], I'll admit it",
        "[over the top|a bit much], {q}, and it still [made me curious|did its job]",
        "{q} says {they} [believe in|care about] it, [and that's catching|which helps]",
    ),
    disliked=(
        "{q} is [a {word}|the kind of {word}] I've [learned|trained myself] to read past",
        "[as soon as|once] I see {q} I [check my wallet|brace for the pitch]",
        "d: {q}; [I'm sure it is|somebody's bonus depends on that]",
        "b: {q} [means nothing|is noise]",
        "h: {q} [puts me off a little|makes me wary], fairly or not",
        "w: I wanted to like this, then {q} [came along|walked in] and [sold at me|spoiled it]",
        "x: nobody who [does this work|works in this] would [say|write] {q}",
        "[take out|delete] {q} and [nothing is lost|the sentence improves]",
        "{q} is [doing the job|standing in] where a fact should be",
        "if it were {q} [they'd show me|I'd have heard about it from a person]",
        "I [heard|could hear] the [brochure|trade-fair voice] in {q}",
        "everything is {q} [these days|now], including [my toothpaste|the parking app]",
        "n: I don't know this field and even I [don't trust|can smell] {q}",
    ),
    good=(
        "{q} has some life in it",
        "{q} made me look up",
        "{they} sound proud of it, {q} and all",
    ),
    bad=(
        "{q} is sales talk",
        "{q} stands where a fact should be",
        "{q} makes me doubt the rest",
        "nobody I know says {q}",
        "{q} could be said of anything",
    ),
    wonders=(
        "{q} how, in plain words?",
        "who besides the seller calls it {q}?",
        "what would be left without {q}?",
        "what does it do that earns {q}?",
    ),
    wishes=(
        "cut {q} and say what it does",
        "swap {q} for one fact",
        "let me be the one who says {q}",
        "replace {q} with the plainest wording that is still true",
    ),
)

VAGUE_CLAIM = Family(
    noun="claim",
    glance_good=("Broad", "Easygoing", "Open"),
    glance_bad=("Vague", "Foggy", "Woolly", "Slippery"),
    liked=(
        "{q} is [loose|broad], but I [get the drift|see where it's going]",
        "w: {q} leaves [me some room|space for my own case], which I [don't mind|rather like]",
        "{q} [rings true|sounds right] to me, even without [the details|a list]",
    ),
    disliked=(
        "{q} could [mean anything|be said about a sandwich]",
        "I read {q} and [saw nothing|no picture came]",
        "{q} is [fog|steam]; [what happens on a Tuesday|what would I see on a Tuesday]?",
        "d: {q}: [impressive, if it were about something|a sentence with its coat on]",
        "b: {q} says [nothing|nothing I can use]",
        "h: I [think|suspect] I know what {q} means, but I [couldn't explain "
        "it|wouldn't bet on it]",
        "x: {q} is [unfalsifiable|not a claim anyone could test], so I [set it aside|move past it]",
        "n: {q} left me [no wiser|where I started]",
        "swap the [name|logo] and {q} [fits|works for] anybody else in the business",
        "{q} [slid past|went by] without [touching anything|leaving a mark]",
        "w: there's [probably|surely] something real behind {q}, [I'd like to see it|so show me]",
        "I'd [need|want] to watch it happen before {q} [meant|told me] anything",
    ),
    good=(
        "{q} points roughly where I'd want to go",
        "I get the drift of {q}",
        "{q} leaves room for my own case",
    ),
    bad=(
        "{q} could mean anything",
        "{q} gives me nothing to picture",
        "{q} would fit any competitor",
        "I couldn't repeat {q} to anyone and be understood",
        "{q} never gets specific",
    ),
    wonders=(
        "what does {q} look like on an ordinary day?",
        "{q} in which way, exactly?",
        "how would I notice {q}?",
        "what would count as {q} not being true?",
    ),
    wishes=(
        "replace {q} with one thing that actually happens",
        "give an example right after {q}",
        "say {q} so that a neighbour would understand it",
        "turn {q} into something I could check",
    ),
)

MISSING_BENEFIT = Family(
    noun="point of it",
    glance_good=("Modest", "Factual", "Understated"),
    glance_bad=("Pointless", "Self-absorbed", "Inward-looking", "Benefitless"),
    liked=(
        "{a} [doesn't promise me|isn't promising] the moon, and I [like|trust] that",
        "it [sticks to|stays with] {v} and leaves [me|the reader] to judge what it's worth",
    ),
    disliked=(
        "{a}, and what does that [change|do] for me?",
        "I [know|learned] what it is, {a}, [just not|but not] why I'd [want|care about] it",
        "d: {a}; [congratulations|good for them], and [where do I come in|my day stays as it was]",
        "b: {a} is [about them|their news], not [about me|mine]",
        "h: I'm sure the {w} part [helps somebody|matters], I [can't|couldn't] tell how",
        "[so what|and so]? {a} [never gets|doesn't get] to the part where my [day|week] is better",
        "w: tell me what {v} [makes easier|takes off my hands] and I'm [yours|listening]",
        "x: {a} is a [feature|description]; the [outcome|result] is [left to me|missing]",
        "n: what would someone like me [do|want] with {v}?",
        "{a} [describes|explains] the machine and [forgets|skips] the person [using it|at it]",
    ),
    good=(
        "it doesn't promise me the moon about {v}",
        "{a} stays factual",
    ),
    bad=(
        "nothing {far} says what {a} does for me",
        "I can't see what {v} does for me",
        "{a} never says what I get",
        "the {w} part never reaches a benefit",
    ),
    wonders=(
        "what does {v} make easier for me?",
        "why would I want {a}?",
        "what does {a} save me?",
        "what changes in my week because of {v}?",
    ),
    wishes=(
        "finish {a} with what it does for me",
        "say what gets easier once I have the {w} part",
        "start from my problem, then come to {v}",
        "add one line on what {v} would save me",
    ),
)

FAMILIES = {
    "hype": HYPE,
    "vague_claim": VAGUE_CLAIM,
    "missing_benefit": MISSING_BENEFIT,
}
