"""Every demand on Polis, each with the tests that show it; the rows of a promise by themselves."""

import re

from tests.spec.anchors import ANCHORS
from tests.spec.approval import APPROVAL
from tests.spec.clients import CLIENTS
from tests.spec.connectors import CONNECTORS
from tests.spec.drills import DRILLS
from tests.spec.endpoints import ENDPOINTS
from tests.spec.gaps import GAPS
from tests.spec.promises import PROMISES
from tests.spec.reliability import RELIABILITY
from tests.spec.tokens import TOKENS
from tests.spec.traps import TRAPS

REQUIREMENTS = (
    *CONNECTORS, *GAPS, *ANCHORS, *RELIABILITY, *DRILLS, *PROMISES, *ENDPOINTS, *CLIENTS, *APPROVAL,
    *TOKENS, *TRAPS,
)  # fmt: skip
# What `make prove` prints a line of: S1 to S35, R1 to R20, and what we promise besides.
PROMISED = tuple(
    each for each in REQUIREMENTS if re.fullmatch(r"[SR]\d+", each.id) or each in PROMISES
)
