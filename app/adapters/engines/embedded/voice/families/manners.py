"""What is said about a text's manners: stories, cheer, shouting, filler, "we", emoji."""

from app.adapters.engines.embedded.voice.family import Family

STORY = Family(
    noun="story",
    glance_good=("Personal", "Human", "First-hand", "Lived"),
    glance_bad=("Self-regarding", "Diary-like", "Anecdotal"),
    liked=(
        "{q} is [a person|somebody] talking, [not a department|and I listen to those]",
        "I [trust|believe] {q} because [it happened to someone|there's a face behind it]",
        "w: {q} [drew me in|made me like them]",
        "b: {q}: real, [fine|good]",
        "d: {q}; [at least one human was involved|no committee wrote that]",
        "h: {q} felt [close|familiar], somehow",
        "{q} [put me|puts me] in the [room|middle of it]",
        "x: {q} [sounds like|reads like] someone who [was there|did the work]",
    ),
    disliked=(
        "{q}, and [where do I come in|why should that matter to me]?",
        "d: {q}; [somebody has been reading their own diary|the hero is the author, again]",
        "b: {q} is about [them|the writer], not me",
        "{q} is [one person's story|an anecdote], and I [have my own|can't build on it]",
        "h: {q} is [a lot of self|rather personal] for a {post}",
    ),
    good=("{q} comes from a person", "{q} happened to someone", "{q} has a face behind it"),
    bad=("{q} is about the writer, not me", "{q} is one person's story"),
    wonders=("what happened after {q}?", "is {q} usual, or just their luck?"),
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
        "x: {q} tells me how they [feel|felt], [not what they did|and nothing else]",
    ),
    good=("{q} is warm", "{q} puts me in a good mood"),
    bad=("{q} is sugar without substance", "{q} tells me a mood, not a fact"),
    wonders=("what earned {q}?", "{q} for whom?"),
    wishes=("say what {q} rests on", "swap {q} for what made it so"),
)

SHOUTING = Family(
    noun="shouting",
    glance_good=("Loud", "Emphatic", "Unmissable"),
    glance_bad=("Shouty", "Loud", "Spammy", "Screaming"),
    liked=("{q} [woke me|got my eye], [loud as it is|I'll say that]",),
    disliked=(
        "{q} [shouts|yells] at me and I [step back|turn the volume down]",
        "d: {q}; [I can hear it from here|the neighbours can hear that too]",
        "b: {q} is [spam|spam typography]",
        "[anything|whatever] that needs {q} [isn't good news|hasn't got an argument]",
        "w: no need for {q}, I was [listening|right here]",
        "h: {q} makes me [flinch|tense up] a bit",
        "x: {q} [trips|would trip] every filter I [know|run]",
        "my [inbox|spam folder] is full of {q}",
    ),
    good=("{q} is impossible to miss",),
    bad=(
        "{q} shouts at me",
        "{q} looks like spam",
        "{q} is volume instead of an argument",
    ),
    wonders=("why does {q} have to shout?", "what would {q} say at a normal volume?"),
    wishes=("say {q} in a normal voice", "lose the volume of {q}"),
)

FILLER = Family(
    noun="padding",
    glance_good=("Chatty", "Easygoing", "Conversational"),
    glance_bad=("Padded", "Wordy", "Woolly", "Slack"),
    liked=("{q} is how people talk, I [don't mind it|let it be]",),
    disliked=(
        "{q} is [air|packing paper] around [a thought|whatever they meant]",
        "d: {q}; [somebody was paid by the word|take your time]",
        "b: {q} [adds nothing|can go]",
        "I [read|skip] words like {q} as [a throat being cleared|waiting]",
        "h: {q} [slows|slowed] me down a bit",
        "x: an editor would [strike|cut] {q} [first|without looking up]",
    ),
    good=("{q} sounds like a person talking",),
    bad=("{q} adds nothing", "{q} is padding", "{q} slows it down"),
    wonders=("what would be missing without {q}?",),
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
        "b: {q} is about [themselves|them]",
        "{q} is [their side of it|their view], and I'm [on the other one|only watching]",
        "h: I feel [outside|left out of] whatever {q} is",
        "w: I'm [glad for them|sure they're proud], {q}, but I'm [standing outside|not in it]",
        "x: count the 'we' [around|in] {q}, then count the [customer|reader]",
    ),
    good=("{q} has people behind it",),
    bad=(
        "{q} is told from their side, not mine",
        "I'm not in {q} anywhere",
        "{q} is about them",
    ),
    wonders=("where am I in {q}?", "what does {q} mean for anyone who isn't them?"),
    wishes=("turn {q} round so that it starts from the reader", "say {q} with me in it"),
)

DECORATION = Family(
    noun="decoration",
    glance_good=("Playful", "Colourful", "Casual", "Bright"),
    glance_bad=("Decorated", "Gimmicky", "Cluttered", "Cutesy"),
    liked=(
        "{q} [caught my eye|made it less stiff]",
        "w: {q} [made me smile|is friendly]",
        "d: {q}; [fine, I looked|it has a colour, I'll say that]",
        "h: {q} [lightened it|helped], oddly",
    ),
    disliked=(
        "{q} [isn't|is no substitute for] a sentence",
        "d: {q}; [says it all, apparently|I'd hoped for words]",
        "b: {q} is [clutter|noise]",
        "h: {q} makes it look [less serious|younger] than it [may be|wants to be]",
        "{q} [tries|is trying] to be [found|liked], [not read|and I can tell]",
        "x: {q} is [reach|tag] fishing, and [the fish know|it shows]",
        "w: {q} is [sweet|harmless], I'd just [rather have|swap it for] a word",
    ),
    good=("{q} is friendly to look at", "{q} caught my eye"),
    bad=("{q} is decoration", "{q} doesn't tell me anything", "{q} looks like fishing for reach"),
    wonders=("what is {q} supposed to tell me?", "would anything be missing without {q}?"),
    wishes=("replace {q} with a word", "leave {q} out"),
)

LINK = Family(
    noun="link",
    glance_good=("Linked", "Checkable", "Open"),
    glance_bad=("Elsewhere", "Redirecting", "Linky"),
    liked=(
        "a link, so I can [check|see] {v} for myself after {a}",
        "there's [a link|somewhere to go] after {a}, [good|and I might need it]",
        "w: {a}, and a link [for later|in case I want more], that's [considerate|polite]",
        "b: {a}, link, [done|fine]",
    ),
    disliked=(
        "{a} [sends|wants to send] me [elsewhere|off to another page] before "
        "[telling|giving] me enough",
        "b: I don't follow links after {a} [alone|on its own]",
        "d: {a}, [the rest is behind the link|then a link], as ever",
    ),
    good=("there's a link to check {a}", "I know where to go after {a}"),
    bad=("{a} sends me elsewhere", "the link comes before a reason to follow it"),
    wonders=("what's behind the link after {a}?", "is {v} explained behind the link?"),
    wishes=("say what's behind the link after {a}", "give me the gist of {v} before the link"),
)

FAMILIES = {
    "story": STORY,
    "positivity": POSITIVITY,
    "shouting": SHOUTING,
    "filler": FILLER,
    "corporate_we": CORPORATE_WE,
    "emoji": DECORATION,
    "hashtag": DECORATION,
    "link": LINK,
}
