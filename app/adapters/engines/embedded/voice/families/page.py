"""What is said about the page as a whole: its buttons, its contrast, its length, its phone."""

from app.adapters.engines.embedded.voice.family import Family

COMPETING = Family(
    noun="buttons",
    glance_good=("Equipped", "Generous", "Open"),
    glance_bad=("Cluttered", "Scattered", "Restless", "Noisy"),
    liked=("there are plenty of buttons around {a}, so I can [choose|pick my way]",),
    disliked=(
        "[all these|so many] buttons at once, and {a} [in the middle|somewhere between them]",
        "I [didn't know|couldn't tell] which button {a} [belongs to|wants me to press]",
        "d: {a}, with a button for every [mood|occasion]",
        "b: too many buttons; [pick one|keep the one for] {a}",
        "h: I [hesitated|hovered] between the buttons and [went back to|reread] {a}",
        "w: {a} is [clear|friendly] enough, the buttons [pull every which way|talk over it]",
        "x: that many primary buttons beside {a} means there's no [primary|real] one",
        "n: which button is [mine|the right one] after {a}?",
        "every button [shouts|says] something else, and {a} [gets lost|is one voice of many]",
        "I [counted|saw] more buttons than reasons, {a} [being|was] one of the reasons",
    ),
    good=("there's a button for whatever {a} makes me want",),
    bad=(
        "the buttons compete with {a} and with each other",
        "I can't tell which button goes with {a}",
        "there are more buttons than I can weigh before {v}",
        "too many buttons want me at once",
        "every button pulls me somewhere other than {v}",
        "I'd have to choose between buttons before I know about {v}",
        "nobody decided which button matters",
    ),
    wonders=(
        "which button is the one that goes with {a}?",
        "do all those buttons lead to {v}?",
        "what happens if I press the wrong button after {a}?",
    ),
    wishes=(
        "leave one button next to {a}",
        "make one of the buttons the obvious one for {v}",
        "take away every button that isn't about {a}",
        "keep the other buttons for later, after {v}",
    ),
)

CONTRAST = Family(
    noun="contrast",
    glance_good=("Soft", "Muted", "Gentle"),
    glance_bad=("Faint", "Pale", "Washed-out", "Dim"),
    liked=("it's pale, and {a} [has a quiet look|comes across softly], which [suits it|I like]",),
    disliked=(
        "I had to squint [a little|at it]: {a} was [easy|readable], [not all was|some of it fades]",
        "some of it is so [pale|faint] that I [skipped it|read only] {a}",
        "d: grey on [grey|nearly grey], how [tasteful|restful], I could make out {a}",
        "b: I can't read half of it; {a} [I could|was all right]",
        "h: it may be my [eyes|screen], but [parts are|around {a} it's] hard to see",
        "w: {a} [deserves|should get] ink that [shows|one can see]",
        "x: the contrast [fails|is under] what [guidelines|audits] ask, whatever {a} says",
        "n: I [couldn't make out|strained to see] some words near {a}",
        "in daylight I'd [see|get] {a} and [guess|lose] the rest",
        "my eyes [got tired|gave up] on the faint bits, {a} [stayed|I kept]",
    ),
    good=("the soft colours leave {a} in peace",),
    bad=(
        "some of the text hardly shows against what's behind it",
        "I have to squint at parts of it, {a} aside",
        "it's too pale to read comfortably",
        "the faint lettering hides what {a} promises",
        "I can't see half of what stands near {v}",
        "pale text makes {v} hard work",
        "what's written faintly looks like it isn't meant to be read",
    ),
    wonders=(
        "what does it say in the faint parts near {a}?",
        "is the pale text about {v} something I should know?",
        "why is it so hard to see beside {a}?",
    ),
    wishes=(
        "make the text dark enough to read, all of it like {a}",
        "give the pale parts near {v} more contrast",
        "darken whatever isn't {a}, I can't see it",
        "use one ink I can read for {v}",
    ),
)

LONG = Family(
    noun="page",
    glance_good=("Complete", "Extensive", "Thorough"),
    glance_bad=("Endless", "Bottomless", "Stretched", "Interminable"),
    liked=("it goes on for a long way past {a}, and I [had time|like to see it all]",),
    disliked=(
        "I saw how [small|tiny] the scroll bar was and [settled for|stopped at] {a}",
        "so many screens, and {a} [was near the top|I'd had already]",
        "d: {a}, then a [long walk|day's march] of scrolling",
        "b: too much scrolling; {a} [was enough|is the page]",
        "h: I [wouldn't get|probably won't get] to the bottom, {a} is [as far as I go|what I have]",
        "w: {a} is [lovely|good], I'd just never [reach|see] the end of the page",
        "x: nobody [reaches|measures anything from] the last screens, {a} [is what gets read|wins]",
        "my thumb [gave out|was done] long before the page, {a} [stays|I remember]",
        "does it [ever|really] end? I have {a} and [that'll do|no more patience]",
    ),
    good=("the page has room for everything behind {a}",),
    bad=(
        "the page goes on for screens after {a}",
        "I'd be scrolling past {a} for ever",
        "whatever matters about {v} may be far down",
        "I can't see the end of it from {a}",
        "it takes too many screens to get through {v}",
        "nobody scrolls that far for {v}",
        "the way down from {a} is too long",
    ),
    wonders=(
        "what's at the bottom that isn't in {a}?",
        "how far down does {v} go on?",
        "could it stop a few screens after {a}?",
    ),
    wishes=(
        "end the page a few screens after {a}",
        "put what matters about {v} on the first screens",
        "split the page, {a} first and the rest elsewhere",
        "give me a way to jump to {v} without scrolling",
    ),
)

PHONE = Family(
    noun="phone view",
    glance_good=("Unfussy", "Plain", "Desk-sized"),
    glance_bad=("Awkward", "Fiddly", "Shrunken", "Desk-bound"),
    liked=("it's made for a desk, {a} and all, and [that's where I sit|I don't mind]",),
    disliked=(
        "on my phone I'd be [pinching and zooming|dragging it about] to read {a}",
        "{a} on a phone is [a stamp|a strain]; [who checked|did anyone try] that?",
        "d: perfect for a phone, if one [enjoys|brings] a magnifying glass to {a}",
        "b: it doesn't [work|fit] on a phone, {a} [or not|included]",
        "h: I [usually|mostly] read on the phone, and {a} would be [a struggle|small there]",
        "w: {a} is [nice|worth reading], I'd [only|just] never manage it with a thumb",
        "x: it isn't [responsive|built for mobile], so [half|most] of the visitors never see {a}",
        "n: the letters were [too small|tiny] on my phone, {a} I [made out|could guess]",
        "my thumb [can't|won't] get around this, {a} [took|would take] two hands",
        "I'd [put it off|leave it] until I'm at a desk, {a} [won't|may not] last that long",
    ),
    good=("{a} reads well at a desk",),
    bad=(
        "on a phone I'd have to zoom in on {a}",
        "it doesn't fit the phone I read {v} on",
        "my thumb would lose {a} off the side",
        "{a} is too small on a phone",
        "the page is made for a desk and I'm not at one",
        "reading {v} on a phone would be work",
        "nobody tried {a} on a phone",
    ),
    wonders=(
        "how is {a} supposed to be read on a phone?",
        "is there a version of {v} for the phone?",
        "did anyone open {v} on a small screen?",
    ),
    wishes=(
        "make {a} readable on a phone without zooming",
        "fit the page to the phone, {v} first",
        "use letters a thumb-length away can read for {a}",
        "try {a} on a phone once and mend what you see",
    ),
)

FAMILIES = {
    "layout_competing": COMPETING,
    "layout_contrast": CONTRAST,
    "layout_long": LONG,
    "layout_phone": PHONE,
}
