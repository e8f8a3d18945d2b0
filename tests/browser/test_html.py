"""Every page, a stranger's and the dashboard's, is HTML as the standard has it."""

import json
import subprocess
from pathlib import Path

from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock
from tests.browser.test_every_page import ASKED, NO_PAGES, Here
from tests.needed import BY_NPM, needed
from tests.web.test_rights_of_routes import routes, things

CLIENTS = Path(__file__).parents[1] / "clients"
HOME = CLIENTS / "node_modules"


def test_r19_the_validator_finds_nothing_on_any_page(site, tmp_path):
    visitor = site.app.test_client()
    keep(visitor, site, site.pages(), tmp_path)
    assert (found := faults(tmp_path)) == [], "\n".join(found[:40])
    assert len(list(tmp_path.glob("*.html"))) > 30


def test_r19_the_validator_finds_nothing_in_the_dashboard(site, tmp_path):
    agent = site.agent(tokens=5000, verified=True)
    run_id = site.complete_run(agent, label="A name & more")
    pair = site.complete_comparison(agent)["compare_id"]
    waiting = agent.call("polis_test", content_type="text", content="Hello")["run_id"]
    visitor = signed_in(site, agent.who)
    named = [f"/app/runs/{each}" for each in (run_id, pair, waiting)]
    named += [f"/app/runs/{run_id}/delete", f"/app/keys/{agent.who.key_id}"]
    keep(visitor, site, ["/app/", "/app/runs", "/app/runs/compare", *named], tmp_path)
    there = Here(site)
    keep(there.owner.http, site, every_page(site, there), tmp_path, "every")
    waiting = site.unclaimed(has_account=True)
    owner = signed_in(site, waiting)
    keep(owner, site, [f"/claim/{waiting.organization_id}"], tmp_path)
    assert list(tmp_path.glob("*claim-org*"))
    own = owner.get("/docs/yours", base_url=site.base)
    (tmp_path / "yours.html").write_text(_whole(own.text))
    assert (found := faults(tmp_path)) == [], "\n".join(found[:40])
    assert len(list(tmp_path.glob("every-*.html"))) > 50


def every_page(site, there) -> list[str]:
    """Every page of the map, with real things in the addresses that name one."""
    facts = things(there)
    return [
        route.path(facts) + ASKED.get(route.rule, "")
        for route in routes(site)
        if route.method == "GET" and route.rule not in NO_PAGES
    ]


def _whole(fragment: str) -> str:
    """A page with nothing but a part of one."""
    return f'<!doctype html><html lang="en"><head><title>Part</title></head><body>{fragment}</body></html>'


def signed_in(site, who):
    """A visitor whose cookie is a session's."""
    visitor = site.app.test_client()
    with site.services.transaction() as session:
        begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now())
    visitor.set_cookie("polis", begun.secret, domain="127.0.0.1")
    return visitor


def keep(visitor, site, paths, folder: Path, kind: str = "page") -> None:
    """Write down every answer that is a whole page."""
    for number, path in enumerate(paths):
        answer = visitor.get(path, base_url=site.base, follow_redirects=True, buffered=True)
        name = path.strip("/").replace("/", "-")[:60] or "front"
        if answer.mimetype == "text/html" and answer.data.lstrip().startswith(b"<!doctype"):
            (folder / f"{kind}-{number:02}-{name}.html").write_bytes(answer.data)


def faults(folder: Path) -> list[str]:
    """What the validator says of the pages in a folder."""
    validator = needed(HOME / "html-validate/bin/html-validate.mjs", BY_NPM)
    node = needed(HOME / "node/bin/node", BY_NPM)
    told = folder / "told.json"  # a pipe is cut where it is full when the validator exits
    with told.open("w") as written:
        subprocess.run(
            [
                node, validator,
                "--config", CLIENTS / "htmlvalidate.json", "--formatter", "json", folder,
            ],
            stdout=written, check=False,
        )  # fmt: skip
    return [
        f"{Path(each['filePath']).name}:{one['line']}: {one['message']} ({one['ruleId']})"
        for each in json.loads(told.read_text())
        for one in each["messages"]
    ]
