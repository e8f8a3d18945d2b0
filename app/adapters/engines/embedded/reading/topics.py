"""The content's own most telling words, for anyone who speaks about it."""

from collections.abc import Sequence

from app.adapters.engines.embedded.lexicon import INDEX
from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.word_sets import word_set

_MOST = 8
_SHORTEST = 4
_SAMPLE = 4_000
_EARLY = 60  # words in which a topic is usually named
_ORDINARY = word_set(
    "about above after again against almost also always among another anyone anything around away"
    " back because become been before began being below best better between both bring built call"
    " came cannot come comes could does doing done down during each either else even ever every"
    " everyone everything feel find first from full gave getting give given goes going good great"
    " have having help here hers herself himself however into itself just keep kind knew know known"
    " last later least less like little long look made make makes making many maybe mean means"
    " might more most much must myself need needs never next nothing once only onto other others"
    " ours over part people perhaps place please point possible put quite rather really right said"
    " same says seem seen several shall should show since some someone something soon still such"
    " sure take takes taken tell than thank that their theirs them themselves then there these they"
    " thing things think this those though through thus time today together told took toward tried"
    " trying turn under until upon used uses using very want wants week well went were what"
    " whatever when where whether which while whole whose will with within without word work works"
    " would year years your yours yourself announce announcing introducing launch launched"
    " launching share sharing"
    " excited thrilled http https html span class null true false free days hours"
    " minutes month months weeks click sign join read follow comment link add price source been"
    " fewer faster cheaper easier quicker slower larger smaller bigger higher lower newer older"
    " stronger extra half double twice third second dozen hundred thousand million billion several"
    " scratch isn don doesn didn won aren wasn couldn shouldn wouldn haven hasn says gets getting"
)


def topics(words: Sequence[Token], language: str) -> tuple[str, ...]:
    """Up to eight words, the ones said early and often first."""
    weight: dict[str, float] = {}
    for place, token in enumerate(words[:_SAMPLE]):
        if _telling(token.word, language):
            early = 2.0 if place < _EARLY else 1.0
            weight[token.word] = weight.get(token.word, 0.0) + early
    best = sorted(weight, key=lambda word: (-weight[word], word))
    if not best:
        return tuple(dict.fromkeys(token.word for token in words[:_MOST] if len(token.word) > 1))
    order = {word: place for place, word in enumerate(weight)}
    return tuple(sorted(best[:_MOST], key=lambda word: (-weight[word], order[word])))


def _telling(word: str, language: str) -> bool:
    if len(word) < _SHORTEST or word.isdigit() or word in _ORDINARY:
        return False
    return language != "en" or not any(
        len(entry.words) == 1 and entry.kind not in ("jargon", "social_proof", "proof")
        for entry in INDEX.get(word, ())
    )
