"""What is said about benefits, guarantees, admissions and the named reader."""

from app.adapters.engines.embedded.voice.family import Family

BENEFIT = Family(
    noun="promise",
    glance_good=("Useful", "Practical", "Handy", "Relevant"),
    glance_bad=("Promising-much", "Rosy", "Optimistic"),
    liked=(
        "{q} is [what I'd want it for|the bit I came for]",
        "I could [use|do with] that: {q}",
        "w: {q} would [make my week|take a weight off], if it's so",
        "b: {q}: [good|that's the point]",
        "{q} is [a reason|the first reason] to care",
        "with {q} I can [see|picture] my own [week|day] changing a little",
        "d: {q}; [all right, I'm listening|now we're talking about me]",
        "h: {q} sounds like something I [might|could] actually [need|use]",
        "x: {q} is the [outcome|result] people in my position [are measured on|get asked about]",
        "[I'd like to hear more about {q}, the rest can wait|keep {q} and cut the rest]",
    ),
    disliked=(
        "{q} is [promised|said] so [lightly|easily] that I [doubt it|look for the catch]",
        "d: {q}; [wouldn't that be nice|and a pony]",
        "b: {q}? [prove it|show me]",
        "{q} isn't [the problem I have|where it hurts]",
        "h: {q} would be nice, I [just don't|only can't] see how",
        "[everybody|every {post}] promises {q}",
    ),
    good=(
        "{q} is something I'd want",
        "{q} says what's in it for me",
        "{q} would change something in my week",
        "I can picture {q}",
        "{q} is the first line about me",
        "{q} would save me something",
        "I'd notice {q} in an ordinary week",
        "{q} is what I'd tell somebody else about it",
    ),
    bad=(
        "{q} is easy to promise",
        "{q} isn't where it hurts",
        "I don't see how {q} would come about",
        "{q} is what everybody promises",
        "{q} skips the how",
        "I can't see {q} happening to me",
    ),
    wonders=(
        "how soon would I notice {q}?",
        "what do I have to do for {q}?",
        "does {q} hold for someone like me?",
        "{q}, at what effort on my side?",
    ),
    wishes=(
        "say how {q} comes about",
        "move {q} to the top",
        "show one person for whom {q} came true",
        "tell me how long {q} takes",
    ),
)

GUARANTEE = Family(
    noun="safety net",
    glance_good=("Safe", "Low-risk", "Reassuring", "Fair"),
    glance_bad=("Small-printy", "Overassuring", "Slippery"),
    liked=(
        "{q} takes the [sting|risk] out of it",
        "w: {q} [lets me breathe|puts me at ease]",
        "b: {q}: fair",
        "with {q} I can [try|look] without [regretting it|asking permission]",
        "d: {q}; [someone thought about the exit|a door I can leave by, good]",
        "h: {q} makes me [a bit|slightly] braver",
        "the [small|quiet] line {q} did [more|more work] than the big ones",
        "x: {q} [answers|handles] the objection I'd [raise|hear from finance]",
    ),
    disliked=(
        "{q}, [until I need it|in the large print]",
        "d: {q}; [ask anyone who tried to use one|and the form is on page nine]",
        "b: {q} doesn't [change|move] anything for me",
        "h: {q} makes me wonder [what {they} expect to go wrong|why it's needed]",
        "I'd [want|have] to read the terms behind {q} first",
    ),
    good=(
        "{q} takes the risk out of it",
        "{q} means I can change my mind",
        "{q} makes trying it cheap",
        "{q} leaves me a way out",
        "I'd risk a look because of {q}",
        "{q} says {they} expect me to stay",
    ),
    bad=(
        "{q} will have small print",
        "{q} makes me wonder what goes wrong",
        "{q} is easy to print and hard to use",
        "I'd have to read the terms of {q}",
        "{q} sounds like {they} expect trouble",
    ),
    wonders=(
        "what's the small print behind {q}?",
        "how do I get out, with {q}, in practice?",
        "who decides whether {q} applies?",
    ),
    wishes=(
        "link the terms behind {q}",
        "put {q} beside the ask, where the doubt is",
        "say {q} earlier",
    ),
)

CANDOUR = Family(
    noun="admission",
    glance_good=("Honest", "Frank", "Candid", "Disarming"),
    glance_bad=("Self-deprecating", "Underselling", "Apologetic"),
    liked=(
        "{q} is [where {they} won me|the most convincing line in it]",
        "[nobody|hardly anyone] admits {q}, so I [believe|trust] the [rest|other lines] more",
        "w: I [warmed to it|softened] at {q}",
        "b: {q}: honest, [good|I'll take it]",
        "d: {q}; [a {post} that admits something|I had to read it twice], write down the date",
        "with {q} it [stopped being|isn't] an advert",
        "h: {q} [disarmed me|made me trust it], a little",
        "x: {q} is what [someone who has done it|a practitioner] would say",
        "{q} [costs|cost] {them} something to [say|write], which is why it [works|counts]",
    ),
    disliked=(
        "{q} is [an odd thing|a strange place] to be [modest|honest] about",
        "d: {q}; [well, if {they} say so|I'd have kept that quiet]",
        "b: {q} [talks me out of it|is a reason not to]",
        "h: {q} made me [doubt|wonder], where I [hadn't before|was fine a line ago]",
    ),
    good=(
        "{q} is honest",
        "{q} admits something",
        "{q} isn't what a seller would say",
        "{q} cost {them} something to say",
        "after {q} I believed the rest more",
        "{q} sounds like a person, not a pitch",
        "{q} is what I'd want a friend to tell me",
    ),
    bad=(
        "{q} talks me out of it",
        "{q} raises a doubt I didn't have",
        "{q} plants a doubt",
        "{q} is a strange thing to lead with",
        "after {q} I liked it less",
    ),
    wonders=(
        "what else would {they} admit, after {q}?",
        "what are {they} doing about {q}?",
    ),
    wishes=(
        "keep {q}, and say it sooner",
        "follow {q} with what {they} did about it",
        "build the rest around {q}",
    ),
)

AUDIENCE = Family(
    noun="reader",
    glance_good=("Targeted", "Aimed", "Fitting", "For-me"),
    glance_bad=("Narrow", "Not-for-me", "Exclusive"),
    liked=(
        "{q} tells me [who this is for|whether to stay], which saves [us both time|a minute]",
        "I'm [one of|close enough to] {q}, so I [read it as mine|listened]",
        "b: {q}: [that's me|close enough]",
        "w: it's [nice|kind] to be [named|thought of]: {q}",
        "x: {q} [shows|tells me] {they} know who [buys|decides|does] this",
        "d: {q}; [a {post} that knows its guests|finally an address on the envelope]",
    ),
    disliked=(
        "{q} [isn't|is not] me, so [I'm out|what's left for me]?",
        "d: {q}; [wrong door, then|I'll leave them to it]",
        "b: not {q}, not [interested|my business]",
        "h: I'm not sure I [count as|belong to] {q}",
    ),
    good=(
        "{q} says who it's for",
        "I recognise myself in {q}",
        "{q} knows its reader",
        "{q} told me whether to stay",
        "{q} is close enough to me",
        "{they} know who {they} mean by {q}",
    ),
    bad=(
        "{q} leaves me out",
        "I don't belong to {q}",
        "{q} is somebody else",
        "{q} puts me on the other side of the door",
        "I stopped being the reader at {q}",
    ),
    wonders=("does {q} include someone like me?", "who falls outside {q}?"),
    wishes=(
        "keep {q}, and put it in the first line",
        "say what {q} get out of it",
        "say who besides {q} it's for",
    ),
)

FAMILIES = {
    "benefit": BENEFIT,
    "guarantee": GUARANTEE,
    "candour": CANDOUR,
    "audience": AUDIENCE,
}
