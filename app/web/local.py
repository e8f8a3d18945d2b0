"""Development without a credential: the demo organization's test key stands in."""

import json
from datetime import datetime

from app.bootstrap import Services
from app.domain.bearers import BadCredential
from app.domain.callers import Caller

DEMO_FILE = "demo.json"


def demo_caller(services: Services, now: datetime) -> Caller:
    """The demo organization's test key, marked as no credential at all."""
    path = services.settings.instance_dir / DEMO_FILE
    if not path.exists():
        raise BadCredential("There is no demo organization; start with `make run` once.")
    key = json.loads(path.read_text())["test_key"]
    return services.credentials.authenticate(key, now)._replace(via="none")
