"""What is said about the page as a whole: its buttons, its contrast, its length, its phone.

What was measured is true of the page, not of the line a person quotes: that is what they took in.
"""

from app.adapters.engines.embedded.voice.family import Family

COMPETING = Family(
    noun="buttons",
    glance_good=("Equipped", "Generous", "Open"),
    glance_bad=("Cluttered", "Scattered", "Restless", "Noisy"),
    liked=("there are plenty of buttons besides {a}, so I can [choose|pick my way]",),
    disliked=(
        "[all these|so many] buttons at once, and {a} [in the middle of it|somewhere among them]",
        "I [didn't know|couldn't tell] which button was [mine|the one], so I went back to {a}",
        "d: {a}, with buttons for every [mood|occasion]",
        "b: too many buttons; [pick one|keep the one that matters] and leave {a}",
        "h: I [hesitated|hovered] between the buttons and [went back to|reread] {a}",
        "w: {a} is [clear|friendly] enough, the buttons [pull every which way|talk over it]",
        "x: so many equal buttons mean none is [primary|the real one], whatever {a} says",
        "n: which button is [mine|the right one] after {a}?",
        "the buttons [shout|call] from all sides, {a} is what I [heard|kept]",
        "I [counted|saw] more buttons than reasons, with {a} among the reasons",
    ),
    good=("there are buttons for whatever {a} makes me want",),
    bad=(
        "the buttons compete with each other",
        "I can't tell which button goes with {a}",
        "there are more buttons than I can weigh",
        "too many buttons want me at once",
        "every button pulls me somewhere else",
        "I'd have to choose between buttons before I get to {v}",
        "nobody decided which button matters",
    ),
    wonders=(
        "which button is the one that goes with {a}?",
        "do all those buttons lead to {v}?",
        "what happens if I take the wrong one of the buttons after {a}?",
    ),
    wishes=(
        "leave one button next to {a}, not four",
        "make one of the buttons the obvious one",
        "take away the buttons that aren't about {a}",
        "keep the other buttons for later, after {v}",
    ),
)

CONTRAST = Family(
    noun="contrast",
    glance_good=("Soft", "Muted", "Gentle"),
    glance_bad=("Faint", "Dim", "Washed-out", "Murky"),
    liked=("some of it is faint, and {a} [comes across|is clear] all the same",),
    disliked=(
        "I had to squint [a little|at some of it]: {a} was [easy|readable], the rest less so",
        "some of it is so faint that I [settled for|read only] {a}",
        "d: text as faint as that, how [tasteful|restful]; I could just make out {a}",
        "b: part of it is too hard to see; {a} [I could read|was all right]",
        "h: it may be my [eyes|screen], but some of it is hard to see, {a} [wasn't|came through]",
        "w: {a} is [good|worth reading], I'd just like the faint parts to [show|be as clear]",
        "x: the contrast [falls short of|is under] what [guidelines|audits] ask, whatever {a} says",
        "n: some words were so hard to see that I [guessed|skipped them], though {a} I got",
        "in daylight I'd squint at [half|most] of this, {a} aside",
        "I [got tired of|gave up on] the faint bits, only {a} [stayed|stuck]",
    ),
    good=("the contrast is soft, and {a} is clear all the same",),
    bad=(
        "some of the text is hard to see against what's behind it",
        "I have to squint at parts of it, {a} aside",
        "the contrast is too weak to read in comfort",
        "part of it is so faint that I may have missed something",
        "what's written so faint looks like it isn't meant to be read",
        "some words are hard to see, and I won't work for them",
        "the contrast made me read less of it than I meant to",
    ),
    wonders=(
        "what does it say in the faint parts?",
        "is there something hard to see near {a} that I should know?",
        "why is the contrast so weak when {a} matters?",
    ),
    wishes=(
        "give all of the text enough contrast to read",
        "make nothing so hard to see, least of all near {a}",
        "let the faint parts be as clear as {a}",
        "more contrast, so that {v} can be read in daylight",
    ),
)

LONG = Family(
    noun="page",
    glance_good=("Complete", "Extensive", "Thorough"),
    glance_bad=("Endless", "Bottomless", "Stretched", "Interminable"),
    liked=("it goes on for many screens besides {a}, and I [had time|like to see it all]",),
    disliked=(
        "I saw how [small|tiny] the scroll bar was and [settled for|kept] {a}",
        "so many screens, and {a} is [as much as I keep|what I'll remember]",
        "d: {a}, and a [long walk|day's march] of scrolling besides",
        "b: too much scrolling; {a} [was enough|would have done]",
        "h: I [wouldn't|probably won't] get through all those screens, {a} is as far as I go",
        "w: {a} is [lovely|good], there's just too much scrolling for one page",
        "x: nobody [reaches|looks at] the last screens, {a} is what gets read",
        "I was [tired|done] many screens before the page was, {a} is what I [kept|remember]",
        "does the scrolling [ever|really] end? I have {a} and [that'll do|no more patience]",
    ),
    good=("the page has screens enough for everything behind {a}",),
    bad=(
        "it goes on for too many screens",
        "I'd be scrolling for ever",
        "what matters in {v} may be many screens away",
        "the scroll bar hardly moves",
        "it takes too many screens to say it all",
        "nobody goes on scrolling that long for {v}",
        "there's more scrolling in it than reading",
    ),
    wonders=(
        "what's on the last screens that isn't in {a}?",
        "for how many screens does it go on?",
        "could it do without all that scrolling after {a}?",
    ),
    wishes=(
        "end the page a few screens after {a}",
        "put what matters in {v} on the first screens",
        "split it, {a} first and the other screens elsewhere",
        "give me a way to jump to {v} without scrolling",
    ),
)

PHONE = Family(
    noun="phone view",
    glance_good=("Unfussy", "Plain", "Desk-sized"),
    glance_bad=("Awkward", "Fiddly", "Clumsy", "Desk-bound"),
    liked=(
        "it's not made for a phone, {a} [isn't either|and all], and [that's fine|I don't mind]",
    ),
    disliked=(
        "on a phone I'd be [fighting with it|at it for a while] to read {a}",
        "{a} on a phone would be [hard work|a strain]; [who checked|did anyone try] that?",
        "d: perfect for a phone, if one [holds|brings] a magnifying glass to {a}",
        "b: it doesn't work on a phone, {a} [or not|included]",
        "h: if I [opened|had opened] it on my phone, {a} would [be a struggle|have been work]",
        "w: {a} is [nice|worth reading], I'd [only|just] not manage the page on a phone",
        "x: it isn't [built|laid out] for a phone, so visitors on one never get to {a}",
        "n: on my phone I [couldn't|wouldn't] get along with this, {a} I could [make out|guess]",
        "a thumb [can't|won't] get around this page, {a} [needs|would take] two hands",
        "on a phone I'd [put it off|leave it], and {a} [won't|may not] last that long",
    ),
    good=("{a} reads well anywhere but on a phone",),
    bad=(
        "on a phone I'd have to work to read {a}",
        "it would be awkward on my phone, {v} included",
        "it isn't made to be used with a thumb",
        "half the people I know would meet it on a phone",
        "the page is made for a desk, and a phone is what people have in hand",
        "reading {v} on a phone would be work",
        "nobody tried the page on a phone",
    ),
    wonders=(
        "how is {a} supposed to be read on a phone?",
        "is there a version of this for the phone?",
        "did anyone open the page on a phone before it went out?",
    ),
    wishes=(
        "make {a} readable on a phone without a fight",
        "fit the page to the phone, {v} first",
        "let it work with one thumb",
        "try {a} on a phone once and mend what you see",
    ),
)

FAMILIES = {
    "layout_competing": COMPETING,
    "layout_contrast": CONTRAST,
    "layout_long": LONG,
    "layout_phone": PHONE,
}
