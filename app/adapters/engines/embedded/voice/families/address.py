"""What is said about being spoken to, or about not being the one spoken to."""

from app.adapters.engines.embedded.voice.family import Family

SECOND_PERSON = Family(
    noun="direct address",
    glance_good=("Personal", "Friendly", "Direct", "Welcoming"),
    glance_bad=("Presumptuous", "Overfamiliar", "Preachy", "Nosy"),
    liked=(
        "{q} is [aimed at|talking to] me, and I [felt it|noticed]",
        "w: with {q} it [felt like|was] someone [talking|speaking] across a table",
        "b: {q}: that's me, [yes|go on]",
        "I [saw|recognised] myself in {q} [straight away|before I'd decided to]",
        "{q} [puts me in it|lets me in], instead of [describing|admiring] itself",
        "h: I [think|suppose] {q} means people like me, which is [nice|pleasant]",
        "d: {q}; [somebody has met me|{they}'ve been reading my diary]",
    ),
    disliked=(
        "{q} [assumes|presumes] things about me that [aren't true|nobody asked about]",
        "d: {q}; [do I|am I really], now",
        "b: {q} isn't me",
        "{q} talks [at|down to] me [like a leaflet|from a stage]",
        "h: {q} is [too close|a bit familiar] for [my taste|a stranger]",
        "w: it's [meant kindly|friendly enough], but {q} [misses|doesn't fit] me",
        "[whoever|the person] {they} had in mind at {q} [isn't here|must be someone else]",
        "x: {q} is a [template|mail merge] with a pronoun in it",
    ),
    good=(
        "{q} speaks to me",
        "I recognise myself in {q}",
        "{q} is about my side of it",
        "{q} could have been written to me",
        "{q} puts me in the picture",
        "with {q} I didn't feel like a bystander",
    ),
    bad=(
        "{q} assumes things about me",
        "{q} talks at me",
        "I don't fit {q}",
        "{q} tells me who I am and gets it wrong",
        "{q} gets too close too fast",
        "{q} is a form letter with my name left out",
    ),
    wonders=(
        "who do {they} picture when {they} say {q}?",
        "how would {they} know {q}?",
        "does {q} still hold if I'm new to this?",
    ),
    wishes=(
        "ask before assuming {q}",
        "say who {q} is meant for",
        "describe the situation instead of telling me {q}",
    ),
)

MISSING_AUDIENCE = Family(
    noun="reader",
    glance_good=("Universal", "Open", "Neutral"),
    glance_bad=("Unaddressed", "Misaimed", "Impersonal", "Distant"),
    liked=(
        "{a} [isn't|doesn't seem] aimed at anyone in particular, so I [felt free|listened in]",
        "it [doesn't put|puts] me in no box over {v}, which [suits me|is refreshing]",
    ),
    disliked=(
        "{a}, but [who is that for|for whom]? not [obviously|clearly] me",
        "I [couldn't|can't] tell if the {w} part is [meant for|about] people like me",
        "d: {a}: [someone somewhere is nodding|to whom it may concern]",
        "b: {a} isn't [for|written for] me",
        "h: I [felt like|was] a guest at {a}, [waiting to be introduced|not sure I was invited]",
        "[say|tell me] who {a} is for, and I'll [know in a second|know whether to stay]",
        "w: maybe somebody [needs|was waiting for] {a}, I'd [pass it on|send it] if I knew who",
        "x: {a} is [pitched|written] at everyone, which in {w} terms is [no one|nobody]",
        "n: do I need to [know|understand] the {w} side already for {a} to matter?",
        "{a} [could be for|might be aimed at] a [student|beginner] or a [director|specialist]",
    ),
    good=(
        "{a} doesn't put me in a box",
        "anyone could read {a}",
        "{a} leaves the door open",
        "I didn't feel shut out of {v}",
    ),
    bad=(
        "nothing {far} says who {a} is for",
        "I can't tell if the {w} part is meant for me",
        "{a} talks to nobody in particular",
        "{a} could be for anybody, so it's for nobody",
        "I don't see myself in the {w} part",
        "I had to guess whether {a} concerns me",
        "no one is being spoken to in {a}",
    ),
    wonders=(
        "who is {a} meant for?",
        "do I need to know the {w} side already?",
        "is the {w} part for people like me?",
    ),
    wishes=(
        "name the person {a} is for",
        "say in the first line who needs the {w} part",
        "tell me whether {a} is for beginners or for people in the trade",
    ),
)

FAMILIES = {"second_person": SECOND_PERSON, "missing_audience": MISSING_AUDIENCE}
