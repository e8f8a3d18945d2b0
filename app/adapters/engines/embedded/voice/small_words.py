"""Small words that decide where a quotation may begin and end, and what a topic is."""

from app.domain.panel.word_sets import word_set

# A quotation cut short must not end on one of these.
DANGLING = word_set(
    "a an the of to in on at by for from with and or but so as if is are was were be been before"
    " after until since like than that this these those your our my their its his her we i they not"
    " no more less very who which when while because into over about can will would could should"
    " may must might has have had do does did don't won't isn't without whether it he she per de la"
    " el los las un una y que en con por para und der die das le les et des du"
)
# A quotation cut short ends best before one of these: what comes is another phrase.
OPENING = word_set(
    "to of in on at by for from with and or but so as if is are was were before after until since"
    " than that who which when while because into over about can will would could should may must"
    " might has have had do does did without per de en que con por para y und et des du"
)
# Nor may a whole clause end on one of these, whatever punctuation follows.
LEADING_ON = word_set("that and or but the a an of to which who so as if because when while")
# A clause may be quoted without the word that joined it on.
JOINING = word_set("and but or so because that which who y e et und mais aber pero")
# A figure followed by one of these has not yet said what it counts.
MEASURES = word_set("of more less times faster slower cheaper fewer per percent million")
# What stands before a noun, and what stands before a verb: enough to tell most topics apart.
BEFORE_NOUN = word_set(
    "a an the my your our his her its their this that these those some any every each no of for in"
    " with on at by about without per new first one two three more most"
)
BEFORE_VERB = word_set(
    "to i we you they he she it who can will would could should must may might don't doesn't didn't"
    " cannot can't won't not let please just and"
)
