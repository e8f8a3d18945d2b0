"""Every demand on the OAuth server and on sign-in, each with the tests that show it."""

from tests.spec.anchors import ANCHORS
from tests.spec.approval import APPROVAL
from tests.spec.clients import CLIENTS
from tests.spec.connectors import CONNECTORS
from tests.spec.endpoints import ENDPOINTS
from tests.spec.gaps import GAPS
from tests.spec.tokens import TOKENS

REQUIREMENTS = (*CONNECTORS, *GAPS, *ANCHORS, *ENDPOINTS, *CLIENTS, *APPROVAL, *TOKENS)
