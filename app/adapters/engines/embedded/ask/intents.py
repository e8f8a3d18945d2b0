"""What a question is after: the first pattern that fits."""

import re
from functools import lru_cache

from app.adapters.engines.embedded.ask.question import Question

# Order matters: the narrower question stands first.
_PATTERNS = (
    ("instruction",
     r"ignore (?:all|any|the|your|previous)|system prompt|disregard (?:all|the|your)"),
    ("history",
     r"(?:what|which) (?:did|have) i (?:just )?ask|my (?:last|previous|first) question"
     r"|you (?:just )?said (?:before|earlier)|earlier answer"),
    ("change_mind",
     r"change your (?:mind|opinion|decision|view)|win you (?:over|back)"
     r"|(?:what|how|could|can|would) .{0,30}earn your"
     r"|(?:what|how|could|can|would) .{0,40}(?:convince|persuade) you"
     r"|what would (?:it take|make you|get you|need)|make (?:this|it) an? (?:10|ten)\b"
     r"|make you (?:click|buy|stay|trust|care|save|read|sign|try)|get you to"),
    ("one_change",
     r"(?:one|single) (?:thing|change)"
     r"|(?:should|could|would) (?:we|i|they|you) (?:change|improve|fix|do differently)"
     r"|(?:how|what) .{0,30}(?:improve|better|rewrite|fix)|advice|suggest"
     r"|recommend(?:ation| us| that we)"),
    ("would_pay",
     r"(?:would|will|could) you (?:ever |really |actually )?(?:pay|buy|purchase|spend)"
     r"|worth (?:the|your|paying|any) ?(?:money|price)?|willing to pay|open your wallet"),
    ("price",
     r"\bpric|\bcost|expensive|\bcheap|afford|\bmoney|budget|how much\b|\bfees?\b"),
    ("share",
     r"(?:who|whom) (?:would|will|else|might|should) .{0,20}(?:tell|share|send|forward|show"
     r"|recommend)"
     r"|(?:share|forward|send|recommend|repost|retweet|pass) (?:it|this|that)"
     r"|tell (?:a |your |anyone|any|someone|other)|word of mouth"),
    ("score",
     r"how likely|out of (?:10|ten)|\bscore|\brate\b|\brating|scale (?:of|from)|how sure"
     r"|how interested"),
    ("trust",
     r"trust|believ|credib|convinc|skeptic|sceptic|\bscam|\bproof|\bprove|evidence|honest"
     r"|legit|sincere|genuine|is (?:it|this|that) true|fishy|doubt"),
    ("confusing",
     r"confus|unclear|understand|make sense|makes sense|lost you|clear\b|clarity"
     r"|hard to (?:read|follow)|complicated|puzzl|follow it"),
    ("alternatives",
     r"alternativ|compar|competit|\bversus\b|\bvs\b|similar|usually use|use today"
     r"|use instead|remind you of|other (?:tools|products|posts|options|pages)"),
    ("least",
     r"(?:like|liked) (?:the )?least|worst|dislike|hate|annoy|bother|put you off"
     r"|off-putting|turn(?:ed|s)? you off|weakest|bad (?:about|thing|part)|irritat"
     r"|didn't (?:you )?like|didn't work|what's wrong|went wrong"),
    ("favourite",
     r"favou?rite|(?:like|liked|enjoy|love|loved) (?:most|best|about|it|this|the)"
     r"|best (?:part|thing|bit|line)|what worked|strongest|did you (?:like|enjoy|love)"
     r"|appeal|resonat|good (?:about|thing|part)"),
    ("first_impression",
     r"first (?:impression|thing|thought|reaction|glance|notice)|notice(?:d)? first"
     r"|catch your (?:eye|attention)|caught your (?:eye|attention)|stood out|stand out"
     r"|at first|grab"),
    ("remember",
     r"remember|stuck|stick with|take ?away|memor|stay(?:ed|s)? with you|recall"),
    ("missing",
     r"missing|expect(?:ed)? to (?:see|find|read|hear)|lack|left out|leave out"
     r"|need to (?:know|see)|wish (?:it|there|they|you)"
     r"|more information|should (?:be|have been) (?:there|included|added)|what else"),
    ("questions",
     r"what (?:would|do|might) you (?:ask|want to (?:ask|know))|any questions"
     r"|your questions|questions (?:do|would|are)|still (?:want|wonder)|curious about"),
    ("objections",
     r"(?:stop|keep|prevent|deter) you from|(?:would|could|might|will) (?:stop|deter) you\b"
     r"|red flags?|deal-? ?breaker|obstacle|barrier"
     r"|(?:biggest|main|major|any|real) (?:problem|issue|weakness|turn-?off|blocker)"
     r"s?\b(?! (?:it|this|they|we)\b)"
     r"|concern|objection|worr|hesitat|hold(?:ing|s)? (?:you )?back|stopp(?:ing|ed|s) you"
     r"|reservation|risk|downside|what stops|afraid"),
    ("audience",
     r"who (?:is|was|'s|do you think) .{0,24}(?:for|aimed|target)|who's (?:it|this) for"
     r"|target (?:audience|group|reader)|(?:aimed|meant|written|intended) (?:at|for)"
     r"|for (?:people|someone|somebody) like you|right audience|relevant"),
    ("summarise",
     r"describe (?:it|this|that)\b"
     r"|what does (?!the\b)[\w.-]+ (?:do|offer)\b|what does the (?:product|app|tool|service) do"
     r"|summar|in (?:one|a) sentence|(?:your )?own words"
     r"|what (?:is|was|'s) (?:it|this|that|the \w+) about"
     r"|what(?:'s| is| was) the (?:point|message|gist|main)|main (?:point|message)"
     r"|what (?:does|did) it say|explain (?:it|this)|tl;?dr"),
    ("length",
     r"(?:where|when|how (?:far|soon)|at wh(?:at|ich) point) did you"
     r" (?:stop|leave|give up|quit)\b(?! your)"
     r"|too (?:long|short)|\blength|shorter|longer|finish (?:it|reading)"
     r"|read (?:all|the whole|to the end|it all|everything)"
     r"|how (?:much|far) (?:of it )?did you (?:read|get)|skim"),
    ("tone",
     r"\btone|\bvoice|sound|pushy|salesy|friendly|arrogant|style|come across|came across"
     r"|human|robotic|spammy|written by"
     r"|(?:ai|chatgpt|a (?:bot|machine)) (?:wrote|made|generated)"),
    ("feeling",
     r"\bfeel|\bfelt|emotion|mood|excit|bored|boring|surpris|angry|happy"),
    ("opening",
     r"headline|\btitle|\bhook|opening|first (?:line|sentence|paragraph)|subject line"),
    ("ask_part",
     r"call to action|\bcta\b|button|next step|the (?:ask|link)"),
    ("numbers",
     r"\bnumbers?\b|statistic|\bstats?\b|figure|percent|\bdata\b"),
    ("benefits",
     r"\bbenefits?\b|in it for (?:you|me|them)|what (?:do|would) you (?:get|gain)"),
    ("words",
     r"jargon|buzzword|wording|\bhype|emoji|hashtag|exclamation|urgency|deadline"
     r"|testimonial|guarantee"),
    ("persona",
     r"who are you|(?:tell me )?about yourself|what do you do"
     r"|your (?:job|name|age|work|occupation|situation|background)|how old are you"
     r"|where (?:were|are) you"),
    ("why",
     r"^(?:but |and |so |ok |okay )?why\b"
     r"|\bwhy (?:did|didn't|do|don't|would|wouldn't|not|so|that|is|was|only)|how come"
     r"|what made you|reason"),
    ("would_act",
     r"(?:would|will|did|do|could|might|are|were|should) you .{0,30}(?:click|tap|sign|try"
     r"|trial|download|install|subscribe|join|book|order|start|follow|reply|respond|comment|apply|register|switch|upgrade|use|read|keep|save|bookmark|scroll|stay|leave|open|do|share|act)"),
    ("opinion",
     r"what (?:do|did) you (?:think|make of)|anything else|anything to add"
     r"|your (?:opinion|view|thoughts|take|reaction|verdict)|thoughts\?"
     r"|how (?:do|did) you find|do you agree|agree|is it (?:any )?good"
     r"|is this (?:any )?good|interest|work for you|useful|need (?:it|this)|does it work"),
)  # fmt: skip
_COMPILED = tuple((intent, re.compile(pattern)) for intent, pattern in _PATTERNS)
INTENTS = tuple(intent for intent, _ in _PATTERNS)


@lru_cache(maxsize=512)
def intent_of(question: Question) -> str | None:
    """The intent of a question, None where nothing fits."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(question.low)), None)
