"""What is said where no narrower family applies: unknown cues, temperament, format, mood."""

from app.adapters.engines.embedded.voice.family import Family

PRESENT = Family(
    noun="bit",
    glance_good=("Noticeable", "Pleasant", "Engaging"),
    glance_bad=("Distracting", "Jarring", "Awkward"),
    liked=(
        "{q} [stood out|caught me], in a good way",
        "I [kept|took away] {q} from it",
        "w: {q} is [a nice touch|well put]",
        "b: {q} [works|is good]",
        "{q} [did something for me|earned its place]",
        "d: {q}; [not bad|I've read worse]",
    ),
    disliked=(
        "{q} [bothered|put] me [more than it should|off, honestly]",
        "I [stumbled|got stuck] on {q}",
        "b: {q} [doesn't work|is wrong for me]",
        "d: {q}; [if they must|somebody thought that would help]",
        "{q} [takes more than it gives|costs it some goodwill]",
        "h: I'm not sure what {q} is [there for|supposed to do]",
        "w: {q} isn't [terrible|a crime], I just [don't need it|wouldn't miss it]",
    ),
    good=(
        "{q} works for me",
        "{q} is what I'd remember",
        "{q} earned its place",
        "{q} did something for me",
    ),
    bad=(
        "{q} gets in the way",
        "{q} does nothing for me",
        "I don't see what {q} is for",
        "{q} takes more than it gives",
        "I stumbled on {q}",
    ),
    wonders=(
        "what is {q} there for?",
        "would it be worse without {q}?",
        "why {q}?",
    ),
    wishes=(
        "rethink {q}",
        "drop {q} and see if anyone misses it",
        "find another way to say {q}",
    ),
)

ABSENT = Family(
    noun="gap",
    glance_good=("Sparing", "Lean", "Restrained"),
    glance_bad=("Incomplete", "Gappy", "Half-told"),
    liked=(
        "there's no {k} {far}, and I [don't miss it|didn't need one] next to {a}",
        "{a} [manages|gets by] without any {k}, which I [like|respect]",
    ),
    disliked=(
        "{a}, but no {k} {far}, and I [was looking for it|wanted it]",
        "I [kept looking for|missed] the {k} behind {a}",
        "b: no {k} {far}; {a} doesn't [replace it|make up for it]",
        "h: I [expected|half expected] some {k} with {a}",
        "d: {a}; the {k} must be [in another {post}|on another page]",
        "without any {k}, the {w} part [stays thin|doesn't settle anything] for me",
    ),
    good=(
        "there's no {k} in the way of {a}",
        "{a} gets by without any {k}",
        "I didn't need any {k} next to {a}",
    ),
    bad=(
        "there's no {k} {far}",
        "the {w} part comes without any {k}",
        "{a} has no {k} to go with it",
        "I looked for the {k} behind {a}",
        "I'd have wanted some {k} with {a}",
    ),
    wonders=(
        "where is the {k} for the {w} part?",
        "why does {a} come without any {k}?",
        "is there any {k} behind {a}?",
    ),
    wishes=(
        "add the {k} to {a}",
        "put some {k} into the {w} part",
        "say something about the {k} next to {a}",
    ),
)

LEANING = Family(
    noun="subject",
    glance_good=("Relevant", "Promising", "Agreeable"),
    glance_bad=("Forgettable", "Irrelevant", "Passable"),
    liked=(
        "{a} is [the sort of thing|something] I [notice|have time for]",
        "I'm [an easy audience|in the mood] for {a}, I [admit|suppose]",
        "{a} [sits|lands] well with me [today|as it is]",
        "d: {a}; [I can live with that|not the worst thing today]",
        "w: I [warmed to|smiled at] {a}",
        "b: {a} [suits me|is fine by me]",
        "x: {a} is [my territory|close to what I do], so I [looked properly|read it as one of us]",
        "h: {a} [seems|feels] [about right|worth a thought] to me",
    ),
    disliked=(
        "{a} [isn't my thing|leaves me where I was]",
        "I [read|looked at] {a} and [felt nothing move|nothing in me moved]",
        "d: {a}; [noted|the world keeps turning]",
        "b: {a} [doesn't concern me|isn't for me]",
        "h: {a} [didn't quite reach|never really reached] me",
        "w: no harm in {a}, it [just isn't|simply isn't] [for me|my day for it]",
        "{a} [came|reached me] at [the wrong moment|a bad time]",
        "I'd have [forgotten|lost] {a} by [lunch|the next stop]",
        "{a} [wants|needs] more patience than I [brought|had left]",
        "x: I've [seen|read] {a} [done|said] [before|too often] in my work",
    ),
    good=(
        "{a} sits well with me",
        "{a} is close to what I care about",
        "I have time for {a}",
        "{a} caught me in the right mood",
    ),
    bad=(
        "{a} isn't my thing",
        "{a} leaves me where I was",
        "{a} came at the wrong moment for me",
        "I've read {a} too often",
        "{a} asks for more patience than I had",
        "{a} didn't reach me",
        "nothing in me moved at {a}",
    ),
    wonders=(
        "what would {a} change for me?",
        "why should I care about {a}?",
        "where does {a} come in for me?",
    ),
    wishes=(
        "tell me why {a} should matter to me",
        "start with a reason to care about {a}",
        "give me a way into {a}",
    ),
)

DOUBT = Family(
    noun="doubt",
    glance_good=("Plausible", "Straight", "Credible"),
    glance_bad=("Doubtful", "Slick", "Unconvincing"),
    liked=(
        "I [came|started] looking for the catch in {a} and [didn't find one|it held]",
        "{a} [survived|got past] me, and I [doubt most things|check everything]",
    ),
    disliked=(
        "I [read|took] {a} [with one eyebrow up|the way I read a weather forecast]",
        "{a} [may be so|could be]; I've been [told|sold] too much to [nod|take it whole]",
        "d: {a}; [and pigs have a timetable|I'll wait for the correction]",
        "b: I don't [believe|trust] {a} [yet|as it stands]",
        "h: something in me [won't|can't] quite [trust|settle on] {a}",
        "w: I'd [like|prefer] to trust {a}, I've [just|only] been [burned|let down] before",
        "x: {a} is [what I'd expect a seller to say|the easy half of it]",
    ),
    good=(
        "{a} got past my usual doubts",
        "I found no catch in {a}",
        "{a} held when I pushed at it",
    ),
    bad=(
        "I don't take {a} on trust",
        "{a} set off my usual doubts",
        "I've been told things like {a} before",
        "somebody gains if I believe {a}",
        "{a} is the easy half of the story",
    ),
    wonders=(
        "what's the catch in {a}?",
        "who gains if I believe {a}?",
        "what does {a} leave out?",
    ),
    wishes=(
        "tell me the catch in {a} before I find it",
        "say who wrote {a} and why",
        "put the weak side of {a} next to it",
    ),
)

PURSE = Family(
    noun="budget",
    glance_good=("Reasonable", "Sensible", "Harmless"),
    glance_bad=("Costly-looking", "Extravagant", "Unaffordable"),
    liked=("{a} [doesn't|didn't] [make me reach for|threaten] my wallet",),
    disliked=(
        "I [watch|count] what I spend, and {a} [sounds like|smells of] [a bill|spending]",
        "{a} makes me [think of|check] the [bank balance|budget] first",
        "d: {a}; [my purse snapped shut|the account says no]",
        "h: {a} is [probably|perhaps] not for [a budget like mine|people who count]",
    ),
    good=(
        "{a} doesn't ask me to spend",
        "nothing about {a} costs me",
    ),
    bad=(
        "{a} sounds like spending",
        "I count my money, and {a} doesn't help me do it",
        "{a} makes me check the budget first",
        "{a} isn't written for people who count",
    ),
    wonders=(
        "what does {a} end up costing someone like me?",
        "would {a} be worth what it takes?",
    ),
    wishes=(
        "tell a careful spender what {a} costs",
        "say what {a} saves, in money",
    ),
)

FAMILIES = {"present": PRESENT, "absent": ABSENT, "leaning": LEANING}
TRAITS = {"skepticism": DOUBT, "price_sensitivity": PURSE}
