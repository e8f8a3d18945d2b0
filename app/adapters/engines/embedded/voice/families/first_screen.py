"""What is said about the first screen of a page: its heading, its button, how much stands there."""

from app.adapters.engines.embedded.voice.family import Family

HEADING = Family(
    noun="heading",
    glance_good=("Understated", "Even", "Unassuming"),
    glance_bad=("Flat", "Headless", "Unmarked", "Level"),
    liked=("no big heading, {a} [speaks for itself|does without one], I [like quiet|don't mind]",),
    disliked=(
        "[nothing|no heading] told my eye where to start, I [landed on|just began at] {a}",
        "everything is [the same size|equally loud], {a} included",
        "d: a heading would have been [nice|a start]; I got {a}",
        "b: there's no [real|proper] heading, [fix that|start there]",
        "h: I [may have missed|looked for] the heading, I think, and [found|read] {a} instead",
        "w: {a} [deserves|wants] a heading that [lets people find it|stands up]",
        "x: no visual [hierarchy|entry point], so {a} [carries|does] the heading's work",
        "n: I [didn't know|wasn't sure] what to [look at|read] first, so I [took|tried] {a}",
        "I [searched|hunted] for the [title|heading] and [ended up|stopped] at {a}",
        "what is this page, [by its title|at a glance]? I had to [get|read on] to {a}",
    ),
    good=("{a} needs no heading to be found",),
    bad=(
        "no heading stands out from {a}",
        "my eye had nowhere to start before {a}",
        "the heading looks like the text around {a}",
        "nothing to look at first, I had to read as far as {a}",
        "nothing at the top says what the {w} page is",
        "everything {far} looks equally important",
        "a glance tells me nothing about {v}",
    ),
    wonders=(
        "what's the heading of all this, is it {a}?",
        "where was I meant to look before {a}?",
        "which line is the title, if it isn't {a}?",
        "is there a heading over {v}?",
    ),
    wishes=(
        "put a heading on top that's clearly larger than {a}",
        "make the heading big enough to find before {v}",
        "let one line be the title, {a} if it must be",
        "start the page with a heading I can see from across the room, then {a}",
    ),
)

NO_BUTTON = Family(
    noun="button",
    glance_good=("Unhurried", "Hands-off", "Relaxed"),
    glance_bad=("Hidden", "Buttonless", "Buried", "Stranded"),
    liked=("{a}, and no button [in my face|waving at me], which [is restful|I rather like]",),
    disliked=(
        "{a}, [all right|fine]: and where do I [press|tap]?",
        "I [looked|searched] for a button near {a} and there [wasn't one|was none in sight]",
        "d: the button is [presumably|surely] somewhere, [just not|only never] near {a}",
        "b: no button where I [look|need it], so I [do nothing|stop at] {a}",
        "h: I might have [tried it|gone on] after {a}, if I'd seen [any|a] button",
        "w: {a} had me [willing|curious], and then there was nothing to [press|tap]",
        "x: the primary action is [below the fold|out of sight]; {a} [sets up|sells] nothing",
        "n: I [didn't find|couldn't find] the button, [only|just] {a}",
        "by {a} I'd have [pressed|tapped] something, had there been [something|a button] to press",
        "the [button|way on] isn't where {a} is, I'd have to [go looking|dig for it]",
    ),
    good=("no button interrupts {a}",),
    bad=(
        "there's no button in sight of {a}",
        "I can't see where to go after {a}",
        "I'd have to scroll for something to press",
        "the button isn't where {v} is",
        "there's nothing to press on the first screen for {a}",
        "I was ready after {a} and had nothing to press",
        "the way on from {v} is out of sight",
    ),
    wonders=(
        "where's the button after {a}?",
        "what do I press if I want {v}?",
        "is there a button further down than {a}?",
        "how do I go on from {a}?",
    ),
    wishes=(
        "put one button right beside {a}",
        "move the button up to where {v} is",
        "give me something to press on the first screen, near {a}",
        "let the button stand next to {a}, before I have to scroll",
    ),
)

CROWDED = Family(
    noun="first screen",
    glance_good=("Rich", "Full", "Generous"),
    glance_bad=("Crammed", "Crowded", "Packed", "Overfull"),
    liked=(
        "there's a lot on the first screen, {a} [among it|too], and I [like a full page|dig in]",
    ),
    disliked=(
        "a wall of words [greets|hits] me before {a} gets a [chance|look-in]",
        "the first screen is [packed|crammed], and {a} [drowns|is lost] in it",
        "d: {a}, and [about|roughly] everything else they've ever [thought|written], at once",
        "b: too much on one screen; {a} [would do|is enough]",
        "h: I [felt|got] a bit [buried|swamped] before I [reached|found] {a}",
        "w: {a} is [worth seeing|good], it [just can't|needs room to] breathe up there",
        "x: no [white space|room to scan] around {a}, so nobody [scans it|will get to it]",
        "n: so many words [at once|in one go], I [only took in|came away with] {a}",
        "I [opened it|arrived], saw [a block|the mass] of text and [picked out|held on to] {a}",
    ),
    good=("the first screen gives me plenty around {a}",),
    bad=(
        "the first screen is a wall of words around {a}",
        "{a} can't breathe in all that text",
        "there's too much at once before {v}",
        "I have to dig {a} out of a crowded page",
        "it's all packed onto one screen, {a} and the rest",
        "the {w} part is buried in words",
        "my eye gives up on so many words before {a}",
    ),
    wonders=(
        "could the first screen be {a} and little else?",
        "which of all these words matter beside {a}?",
        "does everything around {v} have to be up there?",
    ),
    wishes=(
        "clear some room around {a}",
        "leave {a} on the first screen and move the rest down",
        "break the wall of text before {v}",
        "let {a} breathe, half the words could wait",
    ),
)

BARE = Family(
    noun="first screen",
    glance_good=("Clean", "Minimal", "Spare"),
    glance_bad=("Empty", "Blank", "Bare", "Vacant"),
    liked=("it opens almost empty, and {a} [gets the room|stands out], [fair enough|I like that]",),
    disliked=(
        "the first screen is [all but|practically] empty; {a} came [later than my patience|late]",
        "I [arrived at|opened] a blank-looking page and [nearly left|reached for the back button]",
        "d: very [tasteful|airy], [all that emptiness|the void] before {a}",
        "b: nothing there until {a}; [say something|start sooner]",
        "h: I [wondered|wasn't sure] whether it had loaded [at all|yet], until {a}",
        "w: {a} is [worth|good for] more than an empty [stage|room] above it",
        "x: the first screen [spends|wastes] its whole budget before {a}",
        "n: I [thought|was afraid] it was [empty|still loading] before I found {a}",
        "where was {a} when I [looked|landed]? I saw [a bare screen|an empty one]",
    ),
    good=("it starts clean and lets {a} stand alone",),
    bad=(
        "the first screen says next to nothing before {a}",
        "I saw an empty page where {v} could have been",
        "it looks unfinished until {a} turns up",
        "the bare start gives me no reason to look for {v}",
        "I nearly left before {a}, there was nothing to see",
        "the first thing I get is a blank",
        "all that emptiness keeps {a} from me",
    ),
    wonders=(
        "is the first screen meant to be that empty before {a}?",
        "why do I have to scroll to get to {v}?",
        "did something fail to load above {a}?",
    ),
    wishes=(
        "say {a} on the first screen already",
        "fill the empty start with one line about {v}",
        "move {a} up to where I land",
        "give the first screen a sentence, {a} would do",
    ),
)

FAMILIES = {
    "layout_heading": HEADING,
    "layout_ask": NO_BUTTON,
    "layout_crowded": CROWDED,
    "layout_bare": BARE,
}
