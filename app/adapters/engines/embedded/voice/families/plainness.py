"""What is said about terms, long sentences and the wrong length."""

from app.adapters.engines.embedded.voice.family import Family

JARGON = Family(
    noun="term",
    glance_good=("Fluent", "Technical", "Insider", "Knowing"),
    glance_bad=("Jargon-heavy", "Opaque", "Clubby", "Cryptic"),
    liked=(
        "{q} tells me [the writer knows the field|somebody has done this work]",
        "x: {q} is [exactly the right word|the word we use], so I [kept reading|relaxed]",
        "[we say|people I work with say] {q} [every day|without noticing], so it felt like home",
        "b: {q}: good, [no baby talk|it doesn't talk down]",
        "h: I [half|mostly] know {q}, and it made me want to [know|understand] the rest",
    ),
    disliked=(
        "n: {q} [lost|dropped] me, I'd have to [look it up|ask my nephew]",
        "{q} is a [door|fence] with [a code on it|somebody else's key]",
        "[I stopped at|I tripped over] {q} and [didn't get back up|had to start the line again]",
        "d: {q}; [somewhere a consultant smiled|bless you]",
        "b: {q} is [jargon|not English]",
        "x: {q} is what people [say|write] when the plain word would [show too much|be checked]",
        "h: maybe everyone else knows {q}, I [don't quite|only half do]",
        "w: I'd [like|love] to follow, but {q} [makes me feel stupid|leaves me behind]",
        "{q} is written for [the author's colleagues|a meeting], not for [a reader|me]",
        "say {q} [to my mother|across a kitchen table] and watch [the face|what happens]",
        "every {one} costs it [a reader|some of my goodwill]",
        "I can [define|translate] {q}, I just don't [believe|think] it needed that word",
    ),
    good=(
        "{q} is the right word for it",
        "{q} shows {they} know the field",
        "{q} doesn't talk down to me",
        "{q} is how people in this line talk",
        "{q} saves a whole sentence",
    ),
    bad=(
        "n: I'd have to look up {q}",
        "{q} shuts people out",
        "{q} hides something a plain word would show",
        "{q} is written for insiders",
        "nobody outside that world says {q}",
        "{q} made me stop and translate",
        "{q} sounds cleverer than it is",
        "{q} is there to impress somebody",
        "{q} leaves most people outside",
        "I lost a second to {q} and didn't get it back",
    ),
    wonders=(
        "what does {q} mean [in ordinary words|to people outside|when nobody is impressed]?",
        "is {q} something [I'm supposed to know already|everyone else knows|people really say]?",
        "what would {they} call {q} if [a child asked|it were just us|no boss were listening]?",
    ),
    wishes=(
        "replace {q} with the word {they} would use at the kitchen table",
        "explain {q} the first time it appears",
        "drop {q}, the sentence works without it",
        "say what {q} does instead of what it's called",
    ),
)

HARD_SENTENCE = Family(
    noun="sentence",
    glance_good=("Thorough", "Careful", "Weighty"),
    glance_bad=("Dense", "Winding", "Exhausting", "Overpacked"),
    liked=(
        "the sentence [around|with] {q} is [long|dense], but it's [carrying something|exact]",
        "w: I [took my time|slowed down] over {q}, and it was [worth it|fair]",
        "{q} asks me to [concentrate|think], and I [don't mind|like being asked]",
    ),
    disliked=(
        "I [read|went over] {q} twice and [only then|still barely] got it",
        "[somewhere|about halfway] into {q} I [ran out of breath|forgot how it began]",
        "d: {q} [needs a handrail|should come with a rest stop]",
        "b: the sentence with {q} is [too long|three sentences]",
        "h: [it may be me|maybe I'm tired], but {q} [wouldn't go in|didn't stick]",
        "w: {q} has a good [point|thought] in it, [buried alive|under too much furniture]",
        "x: {q} stacks [three|too many] ideas and [proves|lands] none of them",
        "n: I [gave up|lost the thread] at {q}",
        "my [eyes|attention] [slid off|left] at {q}, [and that was no accident|as anyone's would]",
        "there's a [short|good] sentence hiding in {q}, [somebody should dig it out|let it out]",
    ),
    good=(
        "{q} takes the subject seriously",
        "{q} rewards a slow read",
        "{q} says a difficult thing carefully",
        "{q} is long because it's exact",
    ),
    bad=(
        "I had to read {q} twice",
        "{q} is too much for one sentence",
        "I lost the thread at {q}",
        "{q} buries its own point",
        "{q} took me two goes",
        "by the end of {q} I'd forgotten the start",
        "{q} packs in more than I can carry",
        "{q} should have been two sentences",
        "{q} makes work out of something simple",
    ),
    wonders=(
        "what is the one thing {q} [wants to say|is there for|would keep]?",
        "could someone say {q} in [ten|five] words?",
        "which half of {q} [matters|could go|is for me]?",
    ),
    wishes=(
        "break up the sentence with {q}",
        "say {q} in half the words",
        "put the point of {q} first, and stop there",
    ),
)

TOO_LONG = Family(
    noun="length",
    glance_good=("Thorough", "Detailed", "Generous"),
    glance_bad=("Overlong", "Rambling", "Endless", "Sprawling"),
    liked=(
        "it takes its time over {v}, and [for once|today] I [had it|didn't mind]",
        "{a} gets the room it [needs|deserves], [I like thorough|good]",
    ),
    disliked=(
        "I was [done|full] [by the time|when] it reached {a}",
        "[somebody|{they}] could lose half of this and keep {a}",
        "d: {a}, and [miles to go|still the scroll bar hadn't moved]",
        "b: too long; {a} [was enough|says it all]",
        "h: I [drifted|faded] somewhere around {a}, [sorry|my own fault perhaps]",
        "this is [more|a lot more] than a {post} should [ask|carry], and {a} [is all I kept|sank]",
        "[my thumb was faster|I ran out of patience] than the {w} part",
        "w: {a} is [lovely|good], it just [stands in a crowd|has too much company]",
        "give me {a} and [stop|an early night]",
    ),
    good=(
        "it gives {v} the room it needs",
        "nothing about {v} is rushed",
        "it takes its time and {a} needs it",
        "there's room for {a} to land",
    ),
    bad=(
        "it's too long for a {post}",
        "I was tired before {a}",
        "{a} gets lost in the length",
        "there's more of it than the {w} part needs",
        "my patience ended before {a} did",
        "{a} would have been enough",
        "there's a good short version hiding around {a}",
        "it goes on after {a} as if nobody had noticed",
    ),
    wonders=(
        "which part besides {a} do I actually need?",
        "could {a} have been the whole thing?",
    ),
    wishes=(
        "cut it until {a} is the first thing I see",
        "lose half and keep {a}",
        "make it as short as a {post} should be, around {a}",
    ),
)

TOO_SHORT = Family(
    noun="length",
    glance_good=("Brief", "Crisp", "Terse"),
    glance_bad=("Bare", "Cryptic", "Scant", "Unfinished"),
    liked=(
        "{a}, and [done|that's it]: I [like|respect] a short {post}",
        "b: {a}; [short|quick], good",
        "w: {a} is [small and cheerful|over before it annoys], [I smiled|fine by me]",
    ),
    disliked=(
        "{a}, [and|is that all]? I'm [waiting for the rest|left holding half a thought]",
        "{a} is [the start of something|a label], not [a {post}|a thought]",
        "d: {a}; [profound|well, that clears it up]",
        "b: {a} [tells me nothing|isn't enough]",
        "h: perhaps {a} means something to [people who know|friends], it [doesn't|didn't] to me",
        "w: I'd have [listened|stayed] if {a} had [gone on a bit|come with more]",
        "n: I [looked|stared] at {a} and [had no idea|couldn't tell] what it was about",
        "I can't [agree or disagree|do anything] with {a}",
        "{a} [could be|might be] a joke, a typo or [a cry for help|an announcement]",
        "x: {a} with no context is [a fragment|noise], whatever was meant",
    ),
    good=(
        "{a} is over before it can annoy me",
        "{a} is short",
        "{a} says it and stops",
        "nothing is wasted around {a}",
    ),
    bad=(
        "{a} isn't enough to go on",
        "{a} stops before it says anything",
        "there's nothing around {a} to tell me what it means",
        "I can't tell what {a} is for",
        "I was still waiting after {a}",
        "{a} is half of something",
        "{a} gives me nothing to agree or disagree with",
        "nobody put a second line under {a}",
    ),
    wonders=(
        "{a}, and what comes after that?",
        "what is {a} supposed to tell me?",
        "who is {a} meant for?",
    ),
    wishes=(
        "add the sentence that should follow {a}",
        "tell me what {a} is about",
        "give {a} a reason to be there",
    ),
)

FAMILIES = {
    "jargon": JARGON,
    "hard_sentence": HARD_SENTENCE,
    "too_long": TOO_LONG,
    "too_short": TOO_SHORT,
}
