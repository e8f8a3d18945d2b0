"""What is said about figures and dates."""

from app.adapters.engines.embedded.voice.family import Family

NUMBER = Family(
    noun="figure",
    glance_good=("Concrete", "Specific", "Countable", "Measured"),
    glance_bad=("Unsourced", "Number-heavy", "Suspicious", "Unanchored"),
    liked=(
        "{q} is [the first thing here|the one thing here|something] I can [hold on to|repeat]",
        "I [trust|believe] {q} more than [any adjective|all the adjectives] around it",
        "somebody [counted|sat down and counted], and {q} is what they [got|wrote down]",
        "d: {q}: an actual figure, [in the wild|of all things]",
        "[the moment|once] I [saw|reached] {q} I [knew the size of it|could picture it]",
        "w: I [liked|was glad of] {q}; [someone did the sums|that's a person who checked]",
        "{q} gives me [a scale|a size] to [set against|compare with] what I have now",
        "x: {q} is specific enough to be wrong, which is [a good sign|what I look for]",
        "[what I'd quote|what I'd remember] from this is {q}",
        "[everything else|the rest] can argue; {q} [just sits there and counts|does the work]",
        "n: even I [understand|can follow] {q}",
        "{q} [did more for me|told me more] than the sentence it sits in",
    ),
    disliked=(
        "{q}, [compared with what|measured how|according to whom]?",
        "{q} is a [figure with no address|number left hanging|number without a story]",
        "[I can't tell|nobody tells me] whether {q} is [a lot|good] for [someone like me|my case]",
        "d: {q} is exact the way [horoscopes|weather apps] are exact",
        "{q} [slides off me|stays abstract]; I don't know [the baseline|what it was before]",
        "x: {q} without [a baseline|a sample|a date] is [decoration|just typography]",
        "{q} looks [picked|polished], like [someone chose|they kept] the best week",
        "b: I don't [buy|believe] {q} [as it stands|until I see the working]",
        "h: {q} may well be true, I just [can't place it|have nothing to hold it against]",
        "they'd [have to|need to] show me the working behind {q}",
        "my eye [bounced off|went straight past] {q}; a bare figure isn't a reason",
        "[I've seen|I've met] too many figures like {q} to [be moved by|stop for] one more",
    ),
    good=(
        "{q} is concrete",
        "{q} tells me [the size of it|how big this is]",
        "{q} is something I could check",
        "{they} put a figure on it, {q}",
        "{q} is easy to repeat to someone else",
        "{q} sticks in my head",
        "{q} could be proved wrong, and they say it anyway",
        "{q} is harder to argue with than the rest",
    ),
    bad=(
        "{q} has no baseline",
        "nobody says how {q} was measured",
        "{q} means little without [something to compare it with|a before]",
        "{q} looks like the best case",
        "I can't tell whether {q} would hold for me",
        "the figure {q} arrives without a source",
        "I don't know what {q} was before",
        "{q} would need a second figure beside it",
        "{q} is a bit too round a story",
        "one number, {q}, doesn't make a case",
    ),
    wonders=(
        "where does {q} come from?",
        "{q} compared with what?",
        "is {q} the average or the best case?",
        "would {q} hold for someone in my position?",
        "when was {q} measured, and on whom?",
    ),
    wishes=(
        "say what {q} is compared with",
        "put the source right beside {q}",
        "tell me whether {q} is typical or the best {they} ever saw",
        "show the before as well as {q}",
        "add one line on how {they} got to {q}",
    ),
)

DATE = Family(
    noun="date",
    glance_good=("Dated", "Definite", "Plannable"),
    glance_bad=("Deadline-ish", "Officious", "Calendar-heavy"),
    liked=(
        "{q} is [something|a thing] I can [put in the calendar|plan around]",
        "b: {q}: [clear|noted]",
        "w: [good|kind] of them to [say|give] {q} [plainly|so clearly]",
        "the [useful|one useful] part is {q}, the rest [explains|decorates] it",
        "d: {q}; [finally something I can act on|the one line with a job]",
    ),
    disliked=(
        "{q} [is thrown in|turns up] and I [don't know what hangs on it|can't tell how firm it is]",
        "b: {q} [means|says] nothing to me",
        "h: {q} [feels|is] a bit [soon|tight]",
    ),
    good=(
        "{q} is a date I can plan around",
        "{q} is definite",
        "{q} tells me when",
        "{q} gives me something to hold it to",
        "I can put {q} in the calendar",
    ),
    bad=(
        "I don't know what hangs on {q}",
        "{q} is only a date",
        "{q} is sooner than I'd like",
        "{q} tells me when but not why",
        "{q} drowns in the sentence around it",
    ),
    wonders=("what happens if I miss {q}?", "is {q} firm?"),
    wishes=("say what {q} is for, right beside it", "move {q} to the first line"),
)

FAMILIES = {"number": NUMBER, "date": DATE}
