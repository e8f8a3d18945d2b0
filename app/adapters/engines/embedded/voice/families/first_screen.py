"""What is said about the first screen of a page: its heading, its button, how much stands there.

What was measured is true of the page, not of the line a person quotes: that is what they took in.
"""

from app.adapters.engines.embedded.voice.family import Family

HEADING = Family(
    noun="heading",
    glance_good=("Understated", "Even", "Unassuming"),
    glance_bad=("Flat", "Headless", "Unmarked", "Level"),
    liked=("no big heading, {a} [speaks for itself|does without one], I [like quiet|don't mind]",),
    disliked=(
        "no heading [told my eye where to start|caught my eye], so I [landed on|began at] {a}",
        "I [looked|searched] for a heading that stands out and [ended up at|settled for] {a}",
        "d: a heading one notices would have been [nice|a start]; I got {a}",
        "b: no heading stands out, [fix that|start there], {a} can wait",
        "h: I [may have missed|couldn't quite find] the heading and [found|read] {a} instead",
        "w: {a} [deserves|could do with] a heading that stands out",
        "x: no heading [anchors|leads] the page, so {a} has to do its work",
        "n: without a heading I [didn't know|wasn't sure] where to start, so I [took|tried] {a}",
        "what's the title of this page? I had to [get|read on] to {a} to [guess|find out]",
        "[a clear title|one big heading] and I'd have [known where I was|got it] before {a}",
    ),
    good=("{a} needs no heading to be found",),
    bad=(
        "no heading stands out, I had to read as far as {a}",
        "my eye found no heading to start from",
        "there's no title that says at a glance where I am",
        "no heading leads me to {v}",
        "it takes reading to find out what the title should have told me",
        "there's no heading to hold on to, only lines such as {a}",
        "a page like this wants a title one can't miss",
    ),
    wonders=(
        "is {a} meant as the heading?",
        "which line is the title, if it isn't {a}?",
        "what would the heading over {v} be?",
        "where should I look for a title, before I get to {a}?",
    ),
    wishes=(
        "put a heading on top that nobody can miss, then {a}",
        "give the page a heading that's clearly larger than the rest",
        "let one line be the title, {a} if need be",
        "start with a heading that says what {v} is about",
    ),
)

NO_BUTTON = Family(
    noun="button",
    glance_good=("Unhurried", "Hands-off", "Relaxed"),
    glance_bad=("Hidden", "Buttonless", "Buried", "Stranded"),
    liked=("{a}, and no button [in my face|waving at me], which [is restful|I rather like]",),
    disliked=(
        "{a}, [all right|fine]: and where's something to [press|tap]?",
        "I [looked|searched] for a button after {a}, and there [wasn't one|was none] in sight",
        "d: {a}, and no button; [perhaps one is meant to|I'm to] guess",
        "b: no button where I [look|arrive], so I [do nothing about|stop at] {a}",
        "h: I might have [tried it|gone on] after {a}, if there'd been a button [there|in sight]",
        "w: {a} had me [willing|curious], and then there was nothing to [press|tap]",
        "x: no button on the first screen, so {a} [leads nowhere|sets up nothing]",
        "n: I [didn't find|couldn't find] anything to press, [only|just] {a}",
        "by {a} I'd have [gone on|said yes], had there been something to [press|tap]",
        "there's no button [within reach|where I'd look], and {a} [won't wait|is gone by then]",
    ),
    good=("no button interrupts {a}",),
    bad=(
        "there's no button in sight when I've read {a}",
        "I see nothing to press once I want {v}",
        "no button on the first screen takes me on from {a}",
        "I'd have to go looking for something to press",
        "there's nothing to tap while {v} is fresh",
        "I was ready after {a} and saw no button",
        "a page that wants something of me shows no button for it",
    ),
    wonders=(
        "is there a button that goes with {a}?",
        "what am I to press once I've read {v}?",
        "where would a button be, if I liked {a}?",
        "am I supposed to find something to press after {a}?",
    ),
    wishes=(
        "put a button where I land, beside {a} if you like",
        "let a button stand where I see it without looking for it",
        "give me something to press on the first screen",
        "show a button as soon as {v} has been said",
    ),
)

CROWDED = Family(
    noun="first screen",
    glance_good=("Rich", "Full", "Generous"),
    glance_bad=("Crammed", "Crowded", "Packed", "Overfull"),
    liked=("it's packed, and I [dug out|found] {a}, I [like a full page|don't mind]",),
    disliked=(
        "a wall of words [greets|hits] me, and {a} is what I [came away with|could pick out]",
        "the first screen is [packed|crammed], I [held on to|got as far as] {a}",
        "d: {a}, and [roughly|just about] everything else anyone ever wrote, all packed in",
        "b: too crowded; {a} [would do|is enough]",
        "h: I [felt|got] a bit lost in so many words, though {a} [stayed|got through]",
        "w: {a} is [worth seeing|good], the crowded start [does it no favours|is a pity]",
        "x: a first screen this packed doesn't get scanned, so {a} is [luck|all one gets]",
        "n: so many words [at once|in one go], I [only took in|came away with] {a}",
        "I arrived, saw a wall of text and [picked out|kept] {a}",
    ),
    good=("the first screen is packed and I still found {a}",),
    bad=(
        "the first screen is a wall of words",
        "it's so crowded that I came away with {a} and little else",
        "there are so many words before I get to breathe",
        "I have to dig {v} out of a crowded page",
        "everything is packed onto one screen",
        "my eye gives up on so many words and keeps {a}",
        "it's crammed, and I had to choose what to read",
    ),
    wonders=(
        "could the first screen be {a} and less of a wall?",
        "which of so many words matter besides {a}?",
        "does everything around {v} have to be packed up there?",
    ),
    wishes=(
        "make the first screen less crowded, {a} would be plenty",
        "break up the wall of text, and leave {a}",
        "keep {a} and move half of what's packed in there further down",
        "so many words could wait, show me {v} and some air",
    ),
)

BARE = Family(
    noun="first screen",
    glance_good=("Clean", "Minimal", "Spare"),
    glance_bad=("Empty", "Blank", "Bare", "Vacant"),
    liked=("it opens almost empty, and {a} [gets the room|stands out], [fair enough|I like that]",),
    disliked=(
        "the first screen is [all but|practically] empty, {a} is [all I have|what I went by]",
        "I [arrived at|opened] a nearly blank page and [almost left|reached for the back button]",
        "d: very [tasteful|airy], all that emptiness around {a}",
        "b: an empty screen tells me nothing; {a} [does|might]",
        "h: I [wondered|wasn't sure] whether it had loaded, it was that bare, until {a}",
        "w: {a} is [worth|good for] more than an empty [stage|room]",
        "x: a bare first screen [spends|wastes] its space, {a} [has to save it|comes after]",
        "n: it looked so empty I [thought|was afraid] it was still loading, then I [saw|found] {a}",
        "I [looked|landed], saw [a bare screen|an empty page] and had to hunt for {a}",
    ),
    good=("it starts clean and almost empty, and lets {a} stand alone",),
    bad=(
        "the first screen is next to empty",
        "I saw an empty page where {v} could have been",
        "it looks unfinished, a bare page with little to go on",
        "so bare a start gives me no reason to look for {v}",
        "I nearly left an empty screen before I got to {a}",
        "the first thing I get is a blank page",
        "there's so much emptiness and so little of {v}",
    ),
    wonders=(
        "is the first screen meant to be that empty?",
        "why is it so bare before one gets to {v}?",
        "did something fail to load where it's blank, or is {a} all of it?",
    ),
    wishes=(
        "say {a} on the empty first screen already",
        "fill the empty start with one line from {v}",
        "a bare page has room for {a}, use it",
        "put a sentence where it's blank, {a} would do",
    ),
)

FAMILIES = {
    "layout_heading": HEADING,
    "layout_ask": NO_BUTTON,
    "layout_crowded": CROWDED,
    "layout_bare": BARE,
}
