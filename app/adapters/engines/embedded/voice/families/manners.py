"""What is said about a text's manners: stories, cheer, padding, "we"."""

from app.adapters.engines.embedded.voice.family import Family

STORY = Family(
    noun="story",
    glance_good=("Personal", "Human", "First-hand", "Lived"),
    glance_bad=("Self-regarding", "Diary-like", "Anecdotal"),
    liked=(
        "{q} is [a person|somebody] talking, [not a department|and I listen to those]",
        "I [trust|believe] {q} because [it happened to someone|there's a face behind it]",
        "w: {q} [drew me in|made me like {them}]",
        "b: {q}: real, [fine|good]",
        "d: {q}; [at least one human was involved|no committee wrote that]",
        "h: {q} felt [close|familiar], somehow",
        "{q} [put me|puts me] in the [room|middle of it]",
        "x: {q} [sounds like|reads like] someone who [was there|did the work]",
    ),
    disliked=(
        "{q}, and [where do I come in|why should that matter to me]?",
        "d: {q}; [somebody has been reading their own diary|the hero is the author, again]",
        "b: {q} is about [{them}|the writer], not me",
        "{q} is [one person's story|an anecdote], and I [have my own|can't build on it]",
        "h: {q} is [a lot of self|rather personal] for a {post}",
    ),
    good=(
        "{q} comes from a person",
        "{q} happened to someone",
        "{q} has a face behind it",
        "{q} is lived, not made up in a meeting",
        "I could see it happen, {q}",
        "{q} made {them} real to me",
    ),
    bad=(
        "{q} is about the writer, not me",
        "{q} is one person's story",
        "{q} keeps the spotlight on the writer",
        "{q} is one case and I have another",
        "I'm not sure what {q} has to do with me",
    ),
    wonders=(
        "what happened after {q}?",
        "is {q} usual, or just {their} luck?",
        "what did {they} learn from {q}?",
    ),
    wishes=(
        "take {q} one step further, to what I can use",
        "start with {q}",
        "say what {q} has to do with the reader",
    ),
)

POSITIVITY = Family(
    noun="cheer",
    glance_good=("Cheerful", "Warm", "Upbeat", "Friendly"),
    glance_bad=("Sugary", "Rosy", "Smiley", "Chirpy"),
    liked=(
        "w: {q} [cheered me up|is a kind note] [a little|today]",
        "{q} is [warm|friendly] without [dripping|overdoing it]",
        "b: {q}: nice",
        "I [don't mind|could use] a bit of {q}",
        "d: {q}; [I nearly smiled|harmless, even welcome]",
        "h: {q} [felt|seems] genuine, I [think|hope]",
    ),
    disliked=(
        "{q} is [sugar|icing], and I [was looking for|want] the [cake|meal]",
        "d: {q}; [good for everyone involved|cue the confetti]",
        "b: {q} [bores me|is filler]",
        "good moods like {q} [slide off|pass] me without [leaving a trace|a bump]",
        "h: {q} is [a bit sweet|too cheerful] for how [my day is going|I'm feeling]",
        "x: {q} tells me how {they} [feel|felt], [not what {they} did|and nothing else]",
    ),
    good=(
        "{q} is warm",
        "{q} puts me in a good mood",
        "{q} is friendly without a reason to be",
        "{q} rubbed off a little",
    ),
    bad=(
        "{q} is sugar without substance",
        "{q} tells me a mood, not a fact",
        "{q} is sweet and empty",
        "{q} is {their} good mood, not mine",
        "nothing stands behind {q}",
    ),
    wonders=(
        "what earned {q}?",
        "{q} for whom?",
        "what happened to make it {q}?",
    ),
    wishes=(
        "say what {q} rests on",
        "swap {q} for what made it so",
        "let {q} follow from something",
    ),
)

FILLER = Family(
    noun="padding",
    glance_good=("Chatty", "Easygoing", "Conversational"),
    glance_bad=("Padded", "Wordy", "Woolly", "Slack"),
    liked=("{q} is how people talk, I [don't mind it|let it be]",),
    disliked=(
        "{q} is [air|packing paper] around [a thought|whatever {they} meant]",
        "d: {q}; [somebody was paid by the word|take your time]",
        "b: {q} [adds nothing|can go]",
        "I [read|skip] words like {q} as [a throat being cleared|waiting]",
        "h: {q} [slows|slowed] me down a bit",
        "x: an editor would [strike|cut] {q} [first|without looking up]",
    ),
    good=(
        "{q} sounds like a person talking",
        "{q} keeps it loose",
        "{q} is how I'd say it too",
    ),
    bad=(
        "{q} adds nothing",
        "{q} is padding",
        "{q} slows it down",
        "{q} is there to fill a line",
        "I skipped {q} without missing it",
        "{q} takes up room",
    ),
    wonders=(
        "what would be missing without {q}?",
        "what is {q} holding up?",
    ),
    wishes=("cut {q}", "take out {q} and read it again"),
)

CORPORATE_WE = Family(
    noun="company voice",
    glance_good=("Unified", "Official", "Steady"),
    glance_bad=("Corporate", "Self-centred", "Boardroom-ish", "Impersonal"),
    liked=(
        "{q} tells me [somebody|a team] stands behind it",
        "w: there's [a team|people] in {q}, and I [like teams|can picture them]",
    ),
    disliked=(
        "{q}: [we, we, we|all we and no me], and I [wait|waited] for my turn",
        "d: {q}; [somebody looks in the mirror|and how is the reader today]",
        "b: {q} is about [themselves|{them}]",
        "{q} is [{their} side of it|{their} view], and I'm [on the other one|only watching]",
        "h: I feel [outside|left out of] whatever {q} is",
        "w: I'm [glad for {them}|sure {they}'re proud], {q}, but I'm [standing outside|not in it]",
        "x: count how often it says we [around|in] {q}, then [count the reader|look for me]",
    ),
    good=(
        "{q} has people behind it",
        "{q} says who stands behind it",
        "somebody takes responsibility in {q}",
    ),
    bad=(
        "{q} is told from {their} side, not mine",
        "I'm not in {q} anywhere",
        "{q} is about {them}",
        "{q} has {them} in it and not me",
        "I'm watching from outside in {q}",
        "{q} is {their} news",
        "{q} starts from the wrong end of the table",
    ),
    wonders=(
        "where am I in {q}?",
        "what does {q} mean for anyone who isn't {them}?",
        "what does {q} do for the person reading?",
    ),
    wishes=(
        "turn {q} round so that it starts from the reader",
        "say {q} with me in it",
        "say what {q} means for the reader",
    ),
)

FAMILIES = {
    "story": STORY,
    "positivity": POSITIVITY,
    "filler": FILLER,
    "corporate_we": CORPORATE_WE,
}
