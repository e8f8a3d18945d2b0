"""What each field of a reaction says, by the level of detail it comes with."""

PERSONA = {
    "id": "Their seat, `p1` upwards. The same request seats the same person there at every size.",
    "name": "A made-up name.",
    "age": "Years, drawn from census margins.",
    "occupation": "What they do.",
    "archetype": "The kind of reader they are; `polis_ask` takes it as `archetype`.",
    "circle": "`intended` (the audience), `adjacent` (near it) or `accidental` (passing by).",
    "context": "How they came to read it.",
}
SNAPSHOT = {
    "persona": "Who speaks; its fields are below.",
    "firstGlance": "Three words for the first impression.",
    "decision": "What they did: `stay`, `scroll`, `click` or `save`.",
    "noticedFirst": "What the eye met first.",
    "pause": "Where they slowed down, and why.",
    "quote": "What they would say of it to somebody else.",
    "intent": "How far they would go along with it, 0 to 10.",
}
STANDARD = {
    "thinkAloud": "Their thoughts while reading, two to four sentences.",
    "resonated": "What worked for them; left out where nothing did.",
    "confused": "What they could not make sense of; left out where nothing was unclear.",
    "objections": "What they hold against it, the gravest first.",
    "openQuestions": "What they would still ask.",
    "trust": "How far they believe it, 0 to 10.",
    "sentiment": "`positive`, `neutral`, `negative` or `mixed`.",
    "stuckPhrase": "Words of your content that stayed with them, letter by letter.",
    "oneChange": "The one thing they would change.",
}
DEEP = {
    "emotionalArc": "How they felt at the beginning, in the middle and at the end.",
    "wouldPay": "`answer` and `why`: whether it would be worth money to them.",
    "shareWith": "Whom they would pass it on to, if anyone.",
    "comparedTo": "What it reminded them of.",
    "personalContext": "What in their own life coloured the reading.",
}
LEVELS = {"snapshot": SNAPSHOT, "standard": STANDARD, "deep": DEEP}
