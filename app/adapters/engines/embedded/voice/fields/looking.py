"""Schemata for the first seconds: what was seen first, where the eye paused."""

NOTICED = (
    "{q} was the first thing I [saw|took in], {pos}",
    "my eye went to {q} [first|before anything], {pos}",
    "the {noun} {pos}: {q}",
    "{q}, [before I'd read a full line|before anything around it]",
    "I [landed on|started at] {q}, {pos}",
    "{pos} there's {q}, and [that's where I looked|my eye went there]",
    "{q}; [the rest came second|I read outwards from there]",
    "what [stuck out|jumped out] was {q}, {pos}",
    "[straight to|right away] {q}, {pos}",
    "d: {q}, {pos}; [hard to miss|it does rather stand there]",
    "n: {q}, [because it was the part I understood at a glance|I think], {pos}",
    "x: the {noun}, {q}, [out of habit|that's what I look for first]",
)
PAUSED_BAD = (
    "I [paused|slowed down] because {c}",
    "[half a second|a beat] where I [thought|noticed]: {c}",
    "the place I [got stuck|hesitated]: {c}",
    "I [stopped|held up] at the point where {c}",
    "[a small frown|a frown], because {c}",
    "what made me [stop|hesitate] is that {c}",
    "[somewhere|right] there I [thought|said to myself]: {c}",
    "I [went back|read back a line], since {c}",
    "d: [only|just] to note that {c}",
    "h: a [short|small] pause, I think because {c}",
    "b: [here|there]: {c}",
)
PAUSED_GOOD = (
    "I [paused|slowed down] because {c}",
    "a [good|welcome] pause: {c}",
    "I [lingered|stayed] a second, {c}",
    "the place I [slowed down|took my time]: {c}",
    "[half a second|a beat] longer than usual, since {c}",
    "what [held|kept] me there is that {c}",
    "I [read that bit twice|went over it again], gladly, since {c}",
    "h: I [lingered|slowed], maybe because {c}",
    "b: [here|there]: {c}",
)
PAUSED_LEAVING_BAD = (
    "[barely|hardly]: {c}",
    "[hardly at all|no more than a blink]; {c}",
    "a [glance|second], [no more|not even two], because {c}",
    "I didn't [really|properly] pause, {c}",
    "[just|only] long enough to [think|notice] that {c}",
    "[one blink|half a second], and the thought that {c}",
)
PAUSED_LEAVING_GOOD = (
    "for a [second|moment], since {c}, but I was [already moving|half gone]",
    "[briefly|a moment]: {c}, and that was [all|the one place I slowed]",
    "I [slowed|lifted my thumb] once, when I saw that {c}",
    "once, [maybe|perhaps] a second, because {c}",
)
PAUSED = {
    (True, False): PAUSED_LEAVING_BAD,
    (True, True): PAUSED_LEAVING_GOOD,
    (False, False): PAUSED_BAD,
    (False, True): PAUSED_GOOD,
}
