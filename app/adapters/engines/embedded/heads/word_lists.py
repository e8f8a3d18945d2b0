"""Words by what they do in a text; each list is counted, and its share of all words is.

Pronouns, articles, negation and feeling are what published work found to move clicks (Gligoric et
al. 2023, Robertson et al. 2023); what a word is worth is fitted, never set here.
"""

from app.domain.panel.word_sets import word_set

LISTS = {
    "first_singular": "i me my mine myself i'm i've i'd i'll im",
    "first_plural": "we us our ours ourselves we're we've we'll let's",
    "second_person": "you your yours yourself you're you'll you've you'd u ur",
    "he": "he him his himself he's",
    "she": "she her hers herself she's",
    "they": "they them their theirs they're they've",
    "it": "it its it's",
    "this": "this these",
    "that": "that those that's",
    "here": "here there here's there's",
    "indefinite": "a an",
    "definite": "the",
    "negation": "not no never nothing none nobody don't doesn't didn't can't won't isn't aren't"
    " wasn't wouldn't shouldn't couldn't ain't without cannot",
    "who": "who whom whose who's",
    "what": "what what's",
    "why": "why",
    "how": "how how's",
    "when": "when while until",
    "where": "where",
    "which": "which",
    "contrast": "but however although though yet instead",
    "cause": "because cause since so therefore thus hence",
    "condition": "if unless whether",
    "conjunction": "and",
    "disjunction": "or",
    "modal": "can could should would may might must will shall",
    "being": "is are was were be been being am",
    "having": "have has had having",
    "doing": "do does did doing done",
    "time": "now today yesterday tomorrow tonight ever always never again soon already still just"
    " finally later ago year years day days week month minutes hours seconds",
    "extreme": "most best worst biggest greatest least first last only every everyone everything"
    " all always never ever total totally absolutely",
    "hedge": "maybe perhaps probably possibly some somewhat seems seem kind kinda almost quite"
    " pretty sort likely",
    "intensity": "very really so too much more extremely incredibly super way even",
    "positive": "good great love loved beautiful amazing awesome best happy fun wonderful brilliant"
    " perfect win hope inspiring incredible proud cute sweet hilarious funny cool nice smart genius"
    " kind excited gorgeous adorable delicious heartwarming favorite thank thanks congrats",
    "negative": "bad worst hate hated kill killed killing dead death die died dying war wrong sick"
    " terrible horrible awful ugly scary fear afraid shocking shock disturbing disgusting rape"
    " raped abuse victim murder hurt pain sad tragic tragedy lie lies lying racist racism hell damn"
    " fail failed failure angry anger crisis poor cruel brutal bullied bully attack shame stupid"
    " idiot crap",
    "body": "body face hair eyes hand hands skin naked sex sexy breast breasts heart brain",
    "people": "man men woman women girl girls boy boys guy guys kid kids child children mom mother"
    " dad father parents people person friend friends wife husband family son daughter teacher"
    " student students baby",
    "mind": "think thought know knew believe feel felt see saw look looked imagine guess wonder"
    " understand realize remember learn show shows shown watch hear listen read say says said tell"
    " tells told ask asked",
    "medium": "video photo photos picture pictures pic pics image images map chart graph song clip"
    " trailer gif infographic interview story stories blog post article list book movie film show",
    "asking": "please pls rt retweet share follow check click vote help join sign win enter tell"
    " tweet dm",
    "evidence": "because study studies research evidence data percent fact facts example according"
    " report reported found shows proof prove statistics science scientists",
    "opposition": "however although but despite contrary against disagree wrong false",
    "careless": "u ur r dont cant wont im thats lol omg wtf gonna wanna gotta b4 alot becuase"
    " definately teh",
}
SETS = {name: word_set(words) for name, words in LISTS.items()}
OPENING = (
    "this", "who", "what", "why", "how", "when", "indefinite", "definite", "first_singular", "he",
    "she", "second_person", "condition", "here",
)  # fmt: skip
