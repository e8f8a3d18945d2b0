"""What is said about being asked to act, being hurried, being commanded, or not being asked."""

from app.adapters.engines.embedded.voice.family import Family

ASK = Family(
    noun="ask",
    glance_good=("Clear", "Actionable", "Direct", "Inviting"),
    glance_bad=("Pushy", "Grabby", "Premature", "Needy"),
    liked=(
        "{q}: [one thing to do|a single step], and I [know where it leads|can see it]",
        "[at least|good], {q} [tells me|says] what happens next",
        "w: {q} [sounds like an invitation|is a friendly way to ask]",
        "b: {q} is clear, [I can say yes or no|so I could decide]",
        "d: {q}, [and no|without a] drum roll",
        "{q} asks [little|for very little], so it's easy to [consider|weigh up]",
        "I [didn't have to|never had to] guess what {they} want: {q}",
        "h: {q} feels [like a small step|doable], I think",
    ),
    disliked=(
        "{q}, [already|so soon]? we've [only just met|hardly been introduced]",
        "{q} asks [before it has earned it|for something I haven't decided]",
        "d: {q}: [I was wondering when|there it is]",
        "b: no, I won't [be told|do] {q}",
        "I [saw|reached] {q} and [felt the hand on my sleeve|stepped back]",
        "h: {q} is [a bit much|rather early] for how little I know [so far|yet]",
        "{q} [wants|is after] something from me before it [gives|tells me] anything",
        "x: {q} is a [funnel|pipeline] talking, not a [person|reason]",
        "what would I be [walking into|signing up for] with {q}?",
    ),
    good=(
        "{q} is one clear step",
        "{q} asks for little",
        "I know what to do next: {q}",
        "{q} doesn't push",
        "{q} leaves me free to say no",
        "{q} is the size of step I'd take",
        "{q} says plainly what {they} want",
    ),
    bad=(
        "{q} comes too early",
        "{q} asks before it gives",
        "I don't know what {q} gets me into",
        "{q} feels like a hand on my sleeve",
        "{q} wants something before I do",
        "{q} is for people who are further along than I am",
        "I'd be on a list after {q}",
        "{q} skips the part where I get convinced",
    ),
    wonders=(
        "what happens after {q}?",
        "what do I hand over if I go with {q}?",
        "can I look around before {q}?",
        "how long does {q} take me?",
    ),
    wishes=(
        "say what I get before {q}",
        "tell me what happens after {q}",
        "move {q} to the end, once I want something",
        "make {q} smaller, something I can undo",
    ),
)

MISSING_ASK = Family(
    noun="next step",
    glance_good=("Unhurried", "Undemanding", "Relaxed"),
    glance_bad=("Aimless", "Unfinished", "Open-ended", "Pointless"),
    liked=(
        "{a}, and then nobody asks me [for anything|to sign up], which I [like|trust more]",
        "it says its piece about {v} and [lets me go|leaves me alone], [good|I respect that]",
        "w: no hook after {a}, just [someone talking|a thought], and that's [pleasant|rare]",
    ),
    disliked=(
        "{a}, [and then what|so what do I do with that]?",
        "I [finished|got through] {a} with nothing to [do|do about it]",
        "d: {a}, and [then it wanders off|exit, no bow]",
        "b: {a} [leads nowhere|goes nowhere]; tell me what you want",
        "h: maybe I missed it, but what am I [meant|supposed] to do about {v}?",
        "if {they} wanted something from me over {v}, {they} [forgot|never got round] to say it",
        "{a} [builds up to|sets up] a next step and [then there isn't one|then just ends]",
        "[even if I agreed|suppose I'm convinced] by {a}: where do I [go|go now]?",
        "w: I'd have [gone a step further|done something] after {a}, [nobody asked|had it asked]",
        "it [trails off|stops] after the {w} part [like a phone call cut short|mid-thought]",
    ),
    good=(
        "nobody wants anything from me after {a}",
        "it leaves me alone with the {w} part",
        "it stops before it gets pushy about {v}",
        "I'm free to do what I like with {a}",
    ),
    bad=(
        "nothing {far} tells me what to do about {v}",
        "{a} leads nowhere",
        "I don't know what {they} want from me after {a}",
        "there's no next step once {a} is said",
        "it ends on {a} and leaves me standing there",
        "I could agree with {a} and still have nothing to do",
        "the {w} part runs out without asking me anything",
        "I'd have to work out the next step after {a} myself",
    ),
    wonders=(
        "what am I supposed to do after {a}?",
        "where would I go if I wanted more about {v}?",
        "what do {they} want from me here?",
        "is there something to try, or is {a} all of it?",
    ),
    wishes=(
        "end on one clear thing to do about {v}",
        "tell me the next step after {a}",
        "give me somewhere to go once I've read {a}",
        "say what {they} want from me, in one line, after {a}",
    ),
)

URGENCY = Family(
    noun="deadline",
    glance_good=("Timely", "Brisk", "Pressing"),
    glance_bad=("Hurried", "Pressuring", "Panicky", "Rushed"),
    liked=(
        "{q} [got me moving|stopped me putting it off], and I [needed that|usually do put it off]",
        "{q} gives it a [date|clock], and I [work better|decide faster] with one",
        "w: {q} was a [useful|helpful] nudge",
        "b: {q}: [good|fine], so I decide today",
        "if {q} is true, [better to know|I'm glad I know] now",
    ),
    disliked=(
        "{q} makes me [slow down|suspicious], which can't be [the plan|what {they} hoped]",
        "d: {q}; it'll be [the last chance again|just as urgent] next week",
        "b: don't [rush|hurry] me: {q} is [a push|pressure], not a reason",
        "whenever I read {q} I [assume there's stock left|stop believing the rest]",
        "{q} is what people [say|write] when the offer [can't stand on its own|won't keep]",
        "h: I [get a little tense|feel cornered] at {q}, to be honest",
        "I have [all week|time], whatever {q} [says|would like]",
        "x: {q} is a [countdown trick|scarcity trick], I've [built|seen] them",
        "{q} [raises|put up] my guard [before I'd finished|faster than anything else here]",
    ),
    good=(
        "{q} gives me a reason to decide now",
        "{q} puts a date on it",
        "{q} stops me putting it off",
        "{q} tells me it won't be there for ever",
        "{q} got me to decide instead of drift",
    ),
    bad=(
        "{q} is pressure, not a reason",
        "{q} makes me suspicious",
        "I don't like being hurried by {q}",
        "{q} will still be true next week",
        "{q} reads like a countdown that never ends",
        "{q} hurries me and I slow down",
        "whoever writes {q} doesn't trust the offer",
        "{q} puts my back up",
    ),
    wonders=(
        "what really happens if I ignore {q}?",
        "is {q} true, or is it always on?",
        "why the hurry in {q}?",
    ),
    wishes=(
        "drop {q}, or say why there is a limit",
        "give me the real date behind {q}",
        "swap {q} for a reason",
    ),
)

INSTRUCTION = Family(
    noun="command",
    glance_good=("Odd", "Curious", "Blunt"),
    glance_bad=("Weird", "Bossy", "Off", "Misaddressed"),
    liked=(
        "{q} made me [laugh|grin]; [whoever it's for|wherever it was headed], it isn't me",
        "d: {q} is the [liveliest|strangest] line in it, I'll [give it|grant it] that",
    ),
    disliked=(
        "{q}: who is that [talking to|meant for]? not [me|a reader]",
        "[then out of nowhere|and suddenly] {q}, like [someone else's note|the "
        "wrong window] pasted in",
        "d: {q}; [no, I don't think I will|I'll take that under advisement]",
        "b: {q} is an order and I don't [take|follow] orders from a {post}",
        "x: {q} is a line for [a machine|some bot], and seeing it [ends my "
        "trust|costs {them} my trust]",
        "h: I didn't [understand|know what to make of] {q}; is it [a mistake|left in by accident]?",
        "after {q} I [wonder|started wondering] who [wrote|checked] the rest",
        "{q} [doesn't belong|has no business] in something [I'm|people are] meant to read",
    ),
    good=(
        "{q} is at least odd enough to remember",
        "{q} made me grin",
    ),
    bad=(
        "{q} isn't addressed to a reader",
        "{q} orders me about for no reason",
        "{q} looks like it was left in by mistake",
        "{q} makes me doubt who wrote the rest",
        "{q} is talking to something that isn't me",
        "{q} has no place in something people read",
        "I don't take orders like {q}",
        "{q} looks like a trick",
    ),
    wonders=(
        "who is {q} talking to?",
        "is {q} there on purpose?",
        "what was {q} supposed to make me do?",
    ),
    wishes=(
        "take {q} out",
        "delete {q}, it isn't for readers",
        "check how {q} got in, and lose it",
    ),
)

FAMILIES = {
    "ask": ASK,
    "missing_ask": MISSING_ASK,
    "urgency": URGENCY,
    "instruction": INSTRUCTION,
}
