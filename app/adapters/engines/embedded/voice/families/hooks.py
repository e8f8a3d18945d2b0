"""What is said about questions, teasers and bad news used to hook a reader."""

from app.adapters.engines.embedded.voice.family import Family

QUESTION = Family(
    noun="question",
    glance_good=("Engaging", "Inviting", "Probing", "Curious"),
    glance_bad=("Baity", "Leading", "Rhetorical", "Teasing"),
    liked=(
        "{q} is a question I've [asked myself|lain awake over]",
        "I [answered|caught myself answering] {q} [in my head|before I noticed]",
        "w: {q} [felt like|was like] being asked by [a person|somebody who wants to know]",
        "{q} [pulled me in|made me stop], because I [don't know|haven't decided] either",
        "b: {q}: good question",
        "x: {q} is the [right|honest] question, whatever [comes after|the answer]",
        "[it's|that is] a fair thing to ask, {q}, and I [wanted|want] the answer",
        "h: I [kept turning over|wasn't sure about] {q}, and that's [a good "
        "sign|why I stayed on it]",
    ),
    disliked=(
        "{q} already [knows|has decided] what I'm supposed to [say|answer]",
        "d: {q}; [no, since they ask|I was hoping someone would tell me]",
        "b: {q} is [bait|a trick], ask me something real",
        "when a {post} [asks|opens with] {q} the answer is usually [for sale|an advert]",
        "h: {q} made me feel [quizzed|tested], [I don't know why|a little]",
        "{q} [hangs there|is left hanging] and nobody [answers it|picks it up]",
        "x: {q} is a [survey trick|rhetorical move]; [state the claim|make the point]",
        "I [don't|never] owe a {post} an answer to {q}",
        "the honest reply to {q} is [no|that I hadn't noticed a problem]",
    ),
    good=(
        "{q} is something I ask myself too",
        "I wanted to hear the answer to {q}",
        "{q} makes me think instead of nod",
        "{q} had me answering in my head",
        "{q} leaves room for me",
        "{q} is an honest thing to ask",
    ),
    bad=(
        "{q} has its answer built in",
        "nobody answers {q}",
        "{q} is bait",
        "my honest answer to {q} is no",
        "{q} wants a yes and nothing else",
        "{q} hangs there unanswered",
        "I've been asked {q} by too many adverts",
        "{q} tests me instead of telling me something",
    ),
    wonders=(
        "what is {their} own answer to {q}?",
        "who else is being asked {q}?",
        "why ask {q} and not answer it?",
    ),
    wishes=(
        "answer {q} in the next line",
        "swap {q} for the answer to it",
        "ask something less leading than {q}",
    ),
)

CURIOSITY_GAP = Family(
    noun="teaser",
    glance_good=("Intriguing", "Gripping", "Tempting", "Suspenseful"),
    glance_bad=("Clickbaity", "Withholding", "Teasing", "Manipulative"),
    liked=(
        "{q} [got me|hooked me], I [need|want] to know [how it ends|the rest]",
        "I can't leave {q} [alone|open], it [itches|nags]",
        "w: {q} is [a proper little story|how a friend starts a story]",
        "d: {q}: [shameless|cheap], and I [fell for it|looked anyway]",
        "{q} [held|kept] me a second longer than [I meant to stay|most things do]",
        "b: {q}: [go on|and then]?",
        "h: I'm a little [ashamed|annoyed] how well {q} [works|worked] on me",
    ),
    disliked=(
        "{q} [sits on|holds back] the one thing I [came for|want], on purpose",
        "d: {q}; [I've survived not knowing before|my curiosity is on a diet]",
        "b: {q} is clickbait",
        "[whatever it is|tell me or don't], {q} is [a game|a tease] I don't play any more",
        "h: {q} makes me feel [handled|a bit played]",
        "x: {q} [trades|borrows] trust for a click, and [I notice|the bill comes later]",
        "every time I [open|follow] a line like {q} there's [a list|nothing much] behind it",
        "w: [just say it|be kind and say it], {q} could be [a nice "
        "story|interesting] without the tease",
    ),
    good=(
        "{q} makes me want the rest",
        "I can't leave {q} unfinished",
        "{q} starts a story",
        "{q} pulled me along",
        "I wanted to know what came after {q}",
        "{q} is how a good story starts",
    ),
    bad=(
        "{q} holds back what I came for",
        "{q} plays with me",
        "lines like {q} usually have nothing behind them",
        "{q} sits on the answer",
        "{q} makes me work for something small",
        "I've followed lines like {q} before and found nothing",
        "{q} uses my curiosity against me",
    ),
    wonders=(
        "what is {q} hiding?",
        "so what actually happened in {q}?",
        "is there anything behind {q}, or is that it?",
    ),
    wishes=(
        "tell me what {q} is holding back",
        "give away half of {q}, I'd come for the rest",
        "say what {q} means and let it stand",
    ),
)

NEGATIVITY = Family(
    noun="bad news",
    glance_good=("Honest", "Unflinching", "Raw", "Sobering"),
    glance_bad=("Gloomy", "Sour", "Alarmist", "Heavy"),
    liked=(
        "{q} is [honest|unvarnished], and that [got my attention|is why I listened]",
        "[somebody who|a {post} that] admits {q} is [worth hearing out|rare enough to read]",
        "w: {q} [hit close to home|made me feel less alone with it]",
        "b: {q}: [true|finally someone says it]",
        "I [know|remember] {q}, [I've been there|that was my March]",
        "{q} is what makes the rest [matter|worth reading]",
        "h: {q} is [uncomfortable|not pleasant], but I [couldn't|didn't] look away",
        "d: {q}; [cheerful stuff, but true|at least nobody is smiling]",
    ),
    disliked=(
        "{q} [drags|pulls] the whole thing down, and I [had|have] a [day|week] of that already",
        "d: {q}; [cheery|what a treat]",
        "b: {q} is [scaremongering|fear, not information]",
        "h: {q} made me [tense|want to look away], which [maybe was|may be] the point",
        "{they} [frighten|worry] me with {q} so that I'll [want|grab] whatever comes next",
        "w: I feel for whoever wrote {q}, but I [didn't want|can't carry] it [today|as well]",
        "x: {q} [asserts|assumes] a problem and [sizes|measures] nothing",
        "after {q} I [expected|was waiting for] the [cure|bottle] to be sold",
    ),
    good=(
        "{q} is honest about the bad part",
        "I recognise {q}",
        "{q} says what others leave out",
        "{q} doesn't pretend",
        "{q} is what it's like",
        "{q} made me sit up",
    ),
    bad=(
        "{q} is gloom I didn't ask for",
        "{q} tries to frighten me",
        "{q} sours the rest",
        "{q} leaves a bad taste",
        "{q} worries me without helping me",
        "I've enough of {q} at home",
        "{q} colours everything after it",
    ),
    wonders=(
        "how bad is {q} really?",
        "is {q} common, or one unlucky case?",
        "what can anyone do about {q}?",
    ),
    wishes=(
        "follow {q} with what can be done about it",
        "say how often {q} really happens",
        "soften {q} or prove it",
    ),
)

FAMILIES = {
    "question": QUESTION,
    "curiosity_gap": CURIOSITY_GAP,
    "negativity": NEGATIVITY,
}
