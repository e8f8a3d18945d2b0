"""What is said about the looks of a text: shouting, emoji, hashtags, links."""

from app.adapters.engines.embedded.voice.family import Family

SHOUTING = Family(
    noun="shouting",
    glance_good=("Loud", "Emphatic", "Unmissable"),
    glance_bad=("Shouty", "Loud", "Spammy", "Screaming"),
    liked=("{q} [woke me|got my eye], [loud as it is|I'll say that]",),
    disliked=(
        "{q} [shouts|yells] at me and I [step back|turn the volume down]",
        "d: {q}; [I can hear it from here|the neighbours can hear that too]",
        "b: {q} is [spam|spam typography]",
        "anything that needs {q} [isn't good news|hasn't got an argument]",
        "w: no need for {q}, I was [listening|right here]",
        "h: {q} makes me [flinch|tense up] a bit",
        "x: {q} [trips|would trip] every filter I [know|run]",
        "my [inbox|spam folder] is full of {q}",
    ),
    good=(
        "{q} is impossible to miss",
        "{q} certainly got seen",
        "{q} isn't shy",
    ),
    bad=(
        "{q} shouts at me",
        "{q} looks like spam",
        "{q} is volume instead of an argument",
        "{q} is what a scam looks like",
        "I step back from {q}",
        "{q} makes the quiet parts look worse",
        "nobody I trust writes {q}",
    ),
    wonders=("why does {q} have to shout?", "what would {q} say at a normal volume?"),
    wishes=("say {q} in a normal voice", "lose the volume of {q}"),
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
    good=(
        "{q} is friendly to look at",
        "{q} caught my eye",
        "{q} takes the stiffness out",
        "{q} is a small smile",
    ),
    bad=(
        "{q} is decoration",
        "{q} doesn't tell me anything",
        "{q} looks like fishing for reach",
        "{q} stands where words could be",
        "{q} makes it look less serious",
        "I read around {q}",
        "{q} is there to be found, not read",
    ),
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
    good=(
        "there's a link to check {a}",
        "I know where to go after {a}",
        "I can go and see for myself after {a}",
        "there's more behind {a} if I want it",
    ),
    bad=(
        "{a} sends me elsewhere",
        "the link comes before a reason to follow it",
        "I'd have to leave to understand {a}",
        "the rest of {a} is somewhere else",
        "a link isn't a reason to follow {a}",
    ),
    wonders=("what's behind the link after {a}?", "is {v} explained behind the link?"),
    wishes=("say what's behind the link after {a}", "give me the gist of {v} before the link"),
)

FAMILIES = {
    "shouting": SHOUTING,
    "emoji": DECORATION,
    "hashtag": DECORATION,
    "link": LINK,
}
