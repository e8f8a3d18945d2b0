"""What is said about a price, and about its absence."""

from app.adapters.engines.embedded.voice.family import Family

PRICE = Family(
    noun="price",
    glance_good=("Upfront", "Priced", "Affordable", "Candid"),
    glance_bad=("Pricey", "Costly", "Steep", "Commercial"),
    liked=(
        "{q}, [out in the open|said out loud]: I can [decide|do the sums] from there",
        "[thank you for|I appreciate] {q}; most of them make me [ask|hunt] for it",
        "{q} is a number I can [live with|put in a budget|take to someone]",
        "d: a price, {q}, without [a sales call|three clicks and a form]",
        "b: {q} is [fine|fair]",
        "w: {q} [feels honest|is a kind thing to say early]",
        "once I saw {q} I knew [whether this was for me|which drawer to put it in]",
        "{q} [answers|settled] the question I [came with|always have]",
        "h: {q} seems [reasonable|about right] for what it [says it does|claims]",
        "x: {q} is [in line with|around] what I'd [expect|budget] for this",
    ),
    disliked=(
        "{q}, and I'm [not sure|yet to be told] what I'd be [getting|buying] for it",
        "at {q} I [start comparing|want more than a promise]",
        "b: {q} is [too much|more than I'd pay] for [what's on show|this]",
        "d: {q}; [my interest has a budget too|there goes the mood]",
        "{q} [arrives|turns up] before I [want anything|know why I'd want it]",
        "h: {q} might be worth it, I [just can't see|can't work out] how yet",
        "I [did the sum|multiplied] at {q} and [didn't like it|went quiet]",
        "{q} is [easy to read|clear] and hard to [justify|explain at home]",
        "x: {q} [per what|with which limits]? the footnote is [the real price|what I'd read]",
        "somewhere [behind|under] {q} there's a [second invoice|bigger plan], there always is",
    ),
    good=(
        "{q} is out in the open",
        "I can budget for {q}",
        "{q} saves me asking",
        "{they} say {q} without being asked",
        "{q} answers the question I always have",
        "{q} is less than I feared",
        "there's no guessing after {q}",
        "{q} treats me like a grown-up",
    ),
    bad=(
        "{q} is a lot for what's shown",
        "I don't see what {q} buys me",
        "{q} comes before any reason to want it",
        "there may be more to pay than {q}",
        "{q} is hard to justify",
        "{q} needs a reason and I haven't got one yet",
        "I'd have to defend {q} to somebody",
        "{q} is more than the problem costs me",
        "I don't know what {q} leaves out",
    ),
    wonders=(
        "what exactly do I get for {q}?",
        "is {q} the whole bill or the start of it?",
        "how long does {q} stay {q}?",
        "can I try it before {q}?",
    ),
    wishes=(
        "say what {q} includes",
        "put the benefit before {q}, not after",
        "tell me what happens after {q}",
        "set {q} against what the problem costs me now",
    ),
)

MISSING_PRICE = Family(
    noun="price",
    glance_good=("Unpushy", "Generous", "Non-salesy"),
    glance_bad=("Priceless", "Coy", "Evasive", "Unpriced"),
    liked=(
        "no price [in sight|anywhere near] {a}, so I could [read it as an "
        "idea|just think about it]",
        "nobody [quotes|mentions] money next to {v}, and that [let me relax|made "
        "it easier to read]",
    ),
    disliked=(
        "{a}, [fine, for how much|lovely, and the bill|at what price]?",
        "I [looked|went looking] for a price [near|after] {a} and [found none|came back empty]",
        "[if|when] nobody names the price of the {w} part, I assume [I can't afford it|it's high]",
        "d: {a}; the price is [presumably a surprise|left as an exercise]",
        "b: no price, no [interest|conversation]: {a} [can wait|won't change that]",
        "h: maybe it's [free|cheap], but nothing {far} says what the {w} part costs",
        "everything about {v} except [the number I'd decide on|what it costs]",
        "I'm not [filling in a form|booking a call] to find out what {a} costs",
        "x: {a} with no figure means [a sales call|a form to fill in], and I have "
        "[work to do|a calendar]",
        "w: I was [nearly with {them}|warming up] at {a}, then I [looked for|wanted] the cost",
        "{they} tell me {a} and [leave out|skip] the one thing I [budget by|have to ask at home]",
        "how much? {a} is [the answer to another question|not an answer to that]",
    ),
    good=(
        "it talks about {v} without reaching for my wallet",
        "there's no price tag stuck to {a}",
        "I could think about {v} without doing sums",
        "nothing about {a} sounds like a till",
    ),
    bad=(
        "nothing {far} says what the {w} part costs",
        "there's no price next to {a}",
        "I can't budget for {a} without a figure",
        "leaving the cost out makes me expect the worst of the {w} part",
        "I'd have to ask what {a} costs",
        "no figure {far} tells me whether the {w} part is for me",
        "I don't start on {a} without knowing the price",
        "{they} keep the price of the {w} part to themselves",
        "{a} comes with an unwritten bill",
        "it wants a decision on {a} and hides the cost",
    ),
    wonders=(
        "what does the {w} part cost [me|in the end|once it's no longer new]?",
        "how much is {a} going to cost [me|us|by next year]?",
        "is the {w} part free, or is that coming later?",
        "who pays for {a}, and how often?",
    ),
    wishes=(
        "put the price next to {a}",
        "say what the {w} part costs, even roughly",
        "give me a from-price near {a}",
        "tell me the cost of {v} before I have to ask",
    ),
)

FREE = Family(
    noun="free offer",
    glance_good=("Free", "Generous", "Riskless"),
    glance_bad=("Too-good", "Hook-like", "Freebie"),
    liked=(
        "{q}: then [there's nothing to lose|looking costs me nothing]",
        "w: {q} is [generous|a friendly way to start]",
        "b: {q}, [good|that's the price I like]",
        "[because of|with] {q} I don't have to [ask anyone|justify it first]",
        "d: {q}; [my favourite number|the budget committee is for it]",
        "h: {q} makes it [easier|safer] to [have a look|try]",
    ),
    disliked=(
        "{q}, [until when|and who pays instead]?",
        "d: {q}; [I know that tune|so I'm the product]",
        "b: nothing is {q}",
        "{q} makes me [look for|wonder about] the [card form|catch]",
        "h: {q} usually [ends|stops] the week I [start to rely on it|get used to it]",
    ),
    good=(
        "{q} means looking costs me nothing",
        "I can start with {q}",
        "{q} takes the risk out",
        "{q} lets me look before I decide",
        "nobody asks for a card with {q}",
    ),
    bad=(
        "{q} has to end somewhere",
        "{q} makes me look for the catch",
        "{q} usually ends in a card form",
        "I wonder who pays for {q}",
        "{q} sounds like a hook",
    ),
    wonders=("what comes after {q}?", "do I need a card for {q}?"),
    wishes=("say what comes after {q}", "tell me where {q} ends"),
)

PRICE_TALK = Family(
    noun="talk of money",
    glance_good=("Money-minded", "Frank", "Businesslike"),
    glance_bad=("Money-talking", "Coy", "Commercial"),
    liked=(
        "{q} at least [talks about|mentions] money, [most don't|which saves me asking]",
        "b: {q}: good, [money is on the table|so we're talking cost]",
        "w: I'm [glad|relieved] that {q} [brings up|gets to] the cost",
        "h: {q} makes me think {they}'d [answer|be straight] if I asked what it [costs|comes to]",
        "d: {q}; [someone said the word out loud|the word itself, in daylight]",
    ),
    disliked=(
        "{q}, [but how much|and the number]?",
        "{q} [talks around|circles] the cost without [landing on it|saying a number]",
        "b: {q} [isn't|is not] a figure",
        "d: {q}; [warm|getting warmer], and still no number",
    ),
    good=(
        "{q} brings money up at all",
        "{q} is open about cost",
        "{q} doesn't dodge the money",
        "somebody dared to say {q}",
    ),
    bad=(
        "{q} mentions money without a number",
        "{q} makes me think of the bill",
        "{q} stops short of a figure",
        "{q} raises the question and walks off",
    ),
    wonders=("{q}, and how much is that in figures?", "what does {q} come to for me?"),
    wishes=("put a number to {q}", "say what {q} comes to"),
)

FAMILIES = {
    "price": PRICE,
    "missing_price": MISSING_PRICE,
    "free": FREE,
    "price_talk": PRICE_TALK,
}
