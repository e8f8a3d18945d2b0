"""`polis doctor --data`: whether the data of this installation hold together."""

import json
import sys

from app import bootstrap, migrations
from app.cli import environment
from app.cli.output import fail
from app.cli.soundness import lines, told
from app.domain import soundness
from app.kit import clock


def examine(*, as_json: bool) -> None:
    """Look at the living database in one snapshot and write nothing; 1 where something is off."""
    its = bootstrap.build(environment.here())
    if migrations.standing(its.database) not in {"head", "ahead"}:
        its.database.dispose()
        fail("The schema is not at head: run polis migrate, then ask again.")
    with its.database.snapshot() as session:
        found = soundness.look(session, clock.now())
    its.database.dispose()
    facts = told(found)
    print(json.dumps(facts) if as_json else "\n".join(lines(found)))
    sys.exit(0 if facts["sound"] else 1)
