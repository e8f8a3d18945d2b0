"""What an installation tells everywhere, with some figures as they are or as they are changed.

A process of its own: some sentences are put together while modules are loaded.
`python -m tests.docs.altered FOLDER TENTHS INCLUDED LEAST GIVEN` prints every output as JSON.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

BASE = "http://127.0.0.1:8000"
DETAIL = "deep"


def told(polis) -> dict[str, str]:
    """Every output that names one of them, as a reader of each gets it."""
    http, agent = polis.app.test_client(), polis.agent()

    def page(path: str) -> str:
        return http.get(path, base_url=BASE).text

    paths = ("/docs/pricing", "/docs/pricing.md", "/llms-full.txt", "/openapi.json", "/pricing")
    resource = agent.modern("resources/read", {"uri": "polis://docs/pricing"})
    listed = agent.modern("tools/list")["tools"]
    return {
        **{path: page(path) for path in (*paths, "/skill.md", *_NO_PRICE)},
        "resource": resource["contents"][0]["text"],
        "tools": json.dumps(listed),
        "price": str(agent.call("polis_estimate", **_ORDER)["tokens"]),
    }


def _main(folder: Path, tenths: int, included: int, least: int, given: int) -> None:
    from app.domain import plans

    plans.MIN_PERSONAS, plans.TRIAL_TOKENS_AT_PROVISIONING = least, given
    plans.TRIAL_TOKENS = 2 * given
    plans._PER_TEN[DETAIL] = tenths
    plans.PLANS["pro"] = replace(plans.PLANS["pro"], included=included)

    from app import bootstrap, migrations
    from app.db import Database
    from tests.factories import settings_for
    from tests.fakes import SpyQueue
    from tests.tools.installation import running

    url = f"sqlite:///{folder}/altered.db"
    migrations.upgrade(Database(url))
    services = bootstrap.build(settings_for(url, folder))
    with running(replace(services, send=SpyQueue())) as polis:
        print(json.dumps(told(polis)))


_NO_PRICE = ("/llms.txt", "/start", "/")  # which tell of people, and of tokens that are given
_ORDER = {"content_type": "text", "content": "Hello", "detail": DETAIL, "persona_count": 1000}

if __name__ == "__main__":
    _main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
