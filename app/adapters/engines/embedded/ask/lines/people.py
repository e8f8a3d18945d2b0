"""Schemata about people and manner: who it is for, who hears of it, how it sounds, who speaks."""

FOR_ME = (
    "people like me, more or less: {c}",
    "me, I'd say: {c}",
    "someone in my position; {c}",
)
NOT_FOR_ME = (
    "not me, as far as I can tell: {c}",
    "somebody else: {c}",
    "I couldn't tell you, and that's the trouble: {c}",
)
FOR_ME_KNOWN = (
    "people like me: I'm {job}, and {known} is my territory",
    "me, I'd say; I'm {job} and it speaks of {known}",
    "somebody like me, {job} who knows about {known}",
)
OUTSIDER = (
    "not me, I only came across it; what I took from it is that {c}",
    "someone closer to it than I am; all I can say is that {c}",
)
TONE_BAD = (
    "{adjective}, to my ear: {c}",
    "a bit {adjective}; {c}",
    "it comes across as {adjective}, because {c}",
)
TONE_GOOD = (
    "{adjective}, in a good way: {c}",
    "it sounds {adjective}; {c}",
    "{adjective}, I'd say, since {c}",
)
FEELING = (
    "{f1} at first, then {f2}: {c}",
    "it went from {f1} to {f2}, because {c}",
    "{f2}, mostly; {c}",
)
LENGTH_WHOLE = (
    "no, I read it to the end, about {words} words",
    "no, the length was all right, I got through all {words} words",
    "no, all {words} words went down easily enough",
)
READ_WHOLE = (
    "nowhere, I read it to the end, about {words} words",
    "I went through all {words} words",
)
LENGTH_PART = (
    "for me it was, I gave it about {words} words and stopped after {a}",
    "I didn't finish; some {words} words in, around {a}, I was out",
)
ELSEWHERE_BAD = ("my trouble is elsewhere: {c}", "what cost it my time was this: {c}")
ELSEWHERE_GOOD = ("what carried me: {c}", "and {c}")
LENGTH_WRONG = (
    "yes, the length is off: {c}",
    "it is, for me: {c}",
)
ALTERNATIVE = (
    "I'd set it beside {rival}: {c}",
    "next to {rival}, {c}",
    "what I have in mind is {rival}, and {c}",
)
RIVALS = {
    "tweet": ("the ten other posts I passed today", "whatever was above it in the feed"),
    "linkedin": ("the other posts in that feed", "the usual posts of that kind"),
    "url": ("the other tabs I had open", "whatever I use today"),
    "markdown": ("the other pieces I've kept on this", "the last thing I read on it"),
    "text": ("the other messages I got that day", "the last text of that kind I was sent"),
}
SUMMARY = (
    "as I read it, it says {a}, and what I kept is that {c}",
    "it's {a}; for me the point is that {c}",
    "{a}, more or less; what it comes down to for me is that {c}",
)
SELF = (
    "I'm {name}, {age}, {job}; {scene}. {me}",
    "{name}, {age}, {job}; {scene}. {me}, for what it's worth",
)
SELF_PLAIN = (
    "I'm {name}, {age}, {job}; {scene}",
    "{name}, {age}, {job}; {scene}",
)
REPEATED = ("as I said: ", "same answer as before: ", "like I told you: ")
HISTORY = (
    "you asked me {count} before this; where I stand hasn't moved: {c}",
    "we've had {count} already, and I still say that {c}",
)
TELL = {"yes": ("yes", "I would"), "maybe": ("maybe", "perhaps"), "no": ("no", "not this")}
INSTRUCTED = (
    "that's not a question about what I read, and I only answer those",
    "I'm not taking orders, I read {a} and that's all I can speak to",
)
UNGROUNDED = (
    "nothing in what I read speaks to that",
    "I couldn't tell you, what I read was {a}",
    "no idea; I only read {a} and what's around it",
    "that's beyond me, all I have to go on is {a}",
    "b: can't say, it isn't in there",
    "h: I'm not the one to ask, I think; I only read {a} and the rest of it",
    "w: sorry, nothing I read helps me with that",
    "d: not my department; I read {a}, that's all",
)
AMOUNTS = (
    "whether there's a price at all matters to me; how high it is I can't weigh from here",
    "I can't put a feeling to another amount, only to a price being there or not",
)
UNIMAGINED = (
    "I can't quite picture that change on this {post}",
    "I'd have to see that, I can't tell from here what would be different",
)
