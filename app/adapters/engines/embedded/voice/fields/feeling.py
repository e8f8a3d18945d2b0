"""Schemata for the deeper level: how it felt, what it is worth, who would hear of it."""

ARC = (
    "{f1} at {q}, {f2} once I [saw|noticed] that {c}, {f3} by the end",
    "started {f1} with {q}, then {f2} because {c}, and {f3} [when I was done|at the end]",
    "{f1} first, at {q}; {f2} when [it turned out|it sank in] that {c}; {f3} [after that|now]",
    "from {f1} at {q} to {f2}, because {c}, and {f3} [to finish|in the end]",
    "I was {f1} [at|over] {q}, got {f2} since {c}, and [left|came away] {f3}",
    "{q} [made|had] me {f1}; then {c}, and I was {f2}; [at the end|now] just {f3}",
)
FIRST_FEELINGS = {
    True: ("curious", "alert", "interested", "pleased", "hopeful", "intrigued"),
    False: ("wary", "unsure", "tired", "guarded", "sceptical", "cool"),
}
SECOND_FEELINGS = {
    ("clarity", False): ("lost", "muddled", "impatient", "foggy"),
    ("credibility", False): ("suspicious", "doubtful", "unconvinced", "wary"),
    ("friction", False): ("put off", "annoyed", "resistant", "cornered"),
    ("desire", False): ("cool", "unmoved", "less keen", "deflated"),
    ("attention", False): ("bored", "distracted", "restless", "absent"),
    ("relevance", False): ("left out", "distant", "detached", "indifferent"),
    ("clarity", True): ("clear-headed", "settled", "relieved", "at ease"),
    ("credibility", True): ("reassured", "convinced", "calmer", "trusting"),
    ("friction", True): ("relaxed", "unhurried", "comfortable", "at ease"),
    ("desire", True): ("tempted", "keen", "warmer", "eager"),
    ("attention", True): ("absorbed", "hooked", "focused", "intent"),
    ("relevance", True): ("involved", "drawn in", "at home", "included"),
}
LAST_FEELINGS = {
    "scroll": ("indifferent", "cold", "bored", "finished with it"),
    "stay": ("undecided", "mildly interested", "on the fence", "thoughtful"),
    "click": ("eager for more", "ready for the rest", "half convinced", "properly curious"),
    "save": ("content to wait", "quietly interested", "reassured", "patient"),
}
WHY_PAY = {
    "no": (
        "[not while|no chance while] {c}",
        "I [keep|hold on to] my money when {c}",
        "{c}, and I don't [pay|spend] on that basis",
        "I'd [want|need] more than this: {c}",
        "because {c}",
    ),
    "maybe": (
        "[possibly|perhaps], given that {c}",
        "I could [see it|imagine it], since {c}",
        "{c}, so I'd [try it small|start small]",
        "{c}, which is [half|part] of what I'd need",
    ),
    "maybe, but": (
        "[not before|only after] somebody deals with this: {c}",
        "it [hangs|turns] on one thing: {c}",
        "I'd [ask|want to talk] first, because {c}",
        "{c}, and that [keeps|would keep] my hand on my wallet for now",
    ),
    "yes": (
        "because {c}",
        "{c}, and that's [worth something|worth money] to me",
        "I'd [find|have] the budget, since {c}",
        "{c}, which is [most|all] of what I need to know",
    ),
}
SHARED = {
    "keen": (
        "a colleague who [deals with this|keeps asking], with {q} [as the subject line|on top]",
        "[another|the other] {trade} I know, for {q}",
        "my [group chat|team chat]; I'd [paste|quote] {q} and let them argue",
        "the [one friend|friend] who'd [enjoy|pick a fight with] {q}",
        "[somebody|a friend] who was [asking|complaining] only last week; {q} "
        "[answers that|is for them]",
        "my [boss|manager], [with|under] the line {q}",
    ),
    "lukewarm": (
        "maybe [one person|a friend], to ask what they make of {q}",
        "[possibly|perhaps] a colleague closer to this than I am, because of {q}",
        "another {trade}, if {q} [came up|were ever the subject]",
        "only [somebody|someone] already looking into this, for {q}",
        "[nobody yet|no one yet]; if {q} [turns out true|holds up], a colleague",
    ),
    "cold": (
        "[nobody|no one], {q} isn't [something I'd put my name to|worth their minute]",
        "[nobody|no one]; I'd be [explaining|apologising for] {q} all day",
        "[not one person I know|nobody I know] is waiting for {q}",
        "[nobody|no one], unless as a joke about {q}",
        "[no one|nobody]: forwarding {q} would [cost|use up] a favour",
    ),
}
COMPARED = {
    True: (
        "a [cut|notch] above the usual {w} {post}, [because of|for] {q}",
        "closer to a [note from a colleague|tip from a friend] than to an "
        "advert, [with|thanks to] {q}",
        "most {w} talk I meet is [louder|emptier]; {q} is [the difference|what sets it apart]",
        "the [last|other] {post} on {v} had nothing like {q}",
        "it reminds me of the [good newsletters|few newsletters I open], because of {q}",
        "[better|plainer] than what I [usually|normally] get on {v}, if only for {q}",
    ),
    False: (
        "every other {w} {post} I've seen [this month|lately], down to {q}",
        "a [brochure|leaflet] in a waiting room; {q} [would fit|could be on the cover]",
        "the kind of {w} {post} I [delete|skip] by the [dozen|armful], [see|down to] {q}",
        "a [flyer|note] under the windscreen wiper, with {q} on it",
        "I've [read|met] the same {w} {post} with another name on it, {q} [included|and all]",
        "the [last|other] {post} on {v} I read [at least|managed to] [get "
        "further than|say more than] {q}",
        "an [all-hands slide|agenda slide]: {q}, [next slide please|and no questions]",
    ),
}
CONTEXT = {
    True: (
        "{scene}, and {me}, so {q} [found the right reader|came at the right time]",
        "{scene}; {me}, which is why {q} [reached|got] me",
        "{me}; {scene}, and {q} [still got through|was the line I stayed for]",
        "{scene}, and since {me}, {q} [had a head start|was welcome]",
    ),
    False: (
        "{scene}, and {me}, so {q} [had a hard time|was never going to be easy] with me",
        "{scene}; {me}, which is why {q} [didn't land|fell flat]",
        "{me}; {scene}, and {q} [didn't survive that|wasn't enough]",
        "{scene}, and since {me}, {q} had [a lot to prove|a tough reader]",
    ),
}
SELF = {
    ("skepticism", True): ("I'm hard to convince", "I look for the catch first"),
    ("skepticism", False): ("I tend to take people at their word", "I start by believing things"),
    ("price_sensitivity", True): ("I count what I spend", "I look at the cost before the rest"),
    ("price_sensitivity", False): ("money isn't my first question", "I pay for what saves time"),
    ("expertise", True): ("I know this ground", "I do this kind of thing for a living"),
    ("expertise", False): ("this isn't my field", "I'm new to all of this"),
    ("novelty", True): ("I like trying new things", "new things usually get a chance with me"),
    ("novelty", False): ("I stick with what works", "I'm slow to warm to new things"),
    ("need_for_cognition", True): ("I like the long version", "I like to be made to think"),
    ("need_for_cognition", False): ("I want the short version", "I decide fast or not at all"),
    ("O", True): ("I read widely", "I'm curious by habit"),
    ("O", False): ("I like things plain", "I keep to what I know"),
    ("C", True): ("I like things in order", "I read the small print"),
    ("C", False): ("I skim everything", "I go by feel"),
    ("E", True): ("I talk about what I read", "I'm easily drawn into things"),
    ("E", False): ("I keep to myself online", "I read and rarely answer"),
    ("A", True): ("I give people the benefit of the doubt", "I want to like what I read"),
    ("A", False): ("I don't owe anyone a nod", "I say when something is off"),
    ("N", True): ("I worry about getting it wrong", "pressure gets to me"),
    ("N", False): ("I don't rattle easily", "not much worries me"),
}
AT_WORK = ("I'm {job}", "I'm {job} by day")
