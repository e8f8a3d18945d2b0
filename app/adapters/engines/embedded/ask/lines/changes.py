"""Schemata for what-ifs: what the same person does with the edited text."""

TURNED = (
    "yes, {done} I'd {does} instead, from {before} to {after} out of 10",
    "that would do it: {done} I'd {does}, and go from {before} to {after} out of 10",
    "yes: {done} I'd {does}, it takes me from {before} to {after} out of 10",
)
TURNED_LEVEL = (
    "yes: {done} I'd {does} instead, though it's still {after} out of 10 for me",
    "that would do it, just: {done} I'd {does}, still {after} out of 10",
)
BETTER = (
    "a bit, {done} I'd go from {before} to {after} out of 10, but I'd still {does}",
    "yes, somewhat: from {before} to {after} out of 10 {done}, though I'd still {does}",
)
SAME = (
    "no, {done} I'd still {does}, and it stays at {after} out of 10",
    "not for me: {done} it's still {after} out of 10, and I'd still {does}",
    "it wouldn't change anything, {done} I'd {does} all the same, still {after} out of 10",
)
SLIGHTLY = (
    "not enough to show: {done} I'd still {does} at {after} out of 10, only {lean}",
    "hardly: still {after} out of 10 {done}, and I'd still {does}, just {lean}",
)
WORSE = (
    "no, {done} it'd get worse, from {before} to {after} out of 10, and I'd {does}",
    "that would cost it: {done} I'd {does}, from {before} to {after} out of 10",
)
TURNED_AWAY = (
    "no, {done} you'd lose me: I'd {does}, from {before} to {after} out of 10",
    "the other way round: {done} I'd {does}, from {before} to {after} out of 10",
)
ALREADY = (
    "it's there already, {q}, so nothing would change: {c}",
    "but it says {q}, and I went by that: {c}",
)
TRUST_MOVED = (
    "my trust would go from {before} to {after}",
    "and I'd trust it {after} out of 10 rather than {before}",
)
REASON = (
    "as it is, {c}",
    "right now {c}",
    "the way it stands, {c}",
)
REASON_STILL = (
    "what decides it for me is elsewhere: {c}",
    "it doesn't touch what matters to me: {c}",
    "the trouble is somewhere else: {c}",
)
REASON_ALONE = (
    "it's one thing among several: {c}",
    "I did notice it, {c}, just not enough to act on",
)
REASON_STILL_GOOD = (
    "what holds me is elsewhere: {c}",
    "it doesn't touch what matters to me: {c}",
)
