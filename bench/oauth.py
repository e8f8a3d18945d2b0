#!/usr/bin/env python3
"""How fast the OAuth server is, beside its durable peers and a bare view, in one run.

    python bench/oauth.py --peers ../peers --work ../work

`--peers` is a folder with `run.py` and `peers/` (load by wrk, peers started side by side), `--work`
where `peers/setup.sh` installed them. Only ratios within one run mean anything; where others use
the machine, CPU time a request is disturbed less than requests a second.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import aims
import beside
from beside import Spec

from app import bootstrap
from app.domain.clients import secrets
from app.kit import clock
from app.settings import Settings
from tests import oauth
from tests.factories import Member
from tests.served import Served

EMAIL = "bench@example.com"
METADATA = "/.well-known/oauth-authorization-server"
CHAINS = 16  # as many as run.py walks at once
CODE_SECONDS = 2  # what run.py gives a round of code exchange

# Codes live ten minutes, so what uses them up is measured on its own, and first.
WRITES = ("refresh", "code")
READS = ("get", "meta", "introspect", "unauth", "call")


class Row(NamedTuple):
    """A figure of ours beside a peer's."""

    what: str
    scenario: str
    peer: str


ROWS = (
    Row("refresh", "refresh", "authlib_wal"),
    Row("refresh", "refresh", "better_auth"),
    Row("code exchange", "code", "authlib_wal"),
    Row("metadata", "get", "floor_flask_gthread"),
    Row("metadata", "meta", "authlib_wal"),
    Row("metadata", "meta", "better_auth"),
    Row("introspection", "introspect", "better_auth"),
    Row("401", "unauth", "authlib_wal"),
    Row("401", "unauth", "mcp2"),
    Row("polis_account, OAuth token", "call", "polis_key"),
    Row("polis_account, OAuth token", "call", "authlib_wal"),
    Row("polis_account, OAuth token", "call", "mcp2"),
)


def main() -> None:
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="polis-bench-"))
    folder.chmod(0o700)
    measured: dict[str, dict] = {}
    try:
        for name, scenarios in (("writes", WRITES), ("reads", READS)):
            wanted = [each for each in scenarios if each in options.scenarios.split(",")]
            if wanted:
                measured |= run(folder / name, options, wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.out:
        options.out.write_text(json.dumps(measured, indent=1))
    print("\n".join(table(measured)))
    aims.end(aims.of_tokens(measured), strict=options.strict)


def arguments() -> argparse.Namespace:
    parser = beside.parser(__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="peers to measure beside; default: all")
    parser.add_argument("--codes", type=int, default=2500, help="to use up, a second")
    parser.add_argument("--scenarios", default=",".join((*WRITES, *READS)))
    options = parser.parse_args()
    if options.peers is None:
        parser.error("--peers is missing: the folder with run.py and peers/")
    beside.require(options, parser)
    return options


def run(folder: Path, options: argparse.Namespace, scenarios: list[str]) -> dict[str, dict]:
    """Our figures and the peers', by scenario and target."""
    folder.mkdir(mode=0o700)
    raw = folder / "raw.json"
    ours = {"polis": seeded(folder, options, scenarios)}
    if "call" in scenarios:
        ours["polis_key"] = {**ours["polis"], "access_token": ours["polis"]["key"]}
        ours["polis_key"]["scenarios"] = ["meta", "call"]
    named = {row.peer for row in ROWS if row.scenario in scenarios} - {"polis_key"}
    peers = options.only or ",".join(sorted(named))
    more = ("--only", peers, "--scenarios", ",".join(scenarios), "--out", str(raw))
    beside.run(folder, options, ours, *more)
    return json.loads(raw.read_text())["results"]


def seeded(folder: Path, options: argparse.Namespace, scenarios: list[str]) -> Spec:
    """How run.py starts our web on a database with tokens and codes to use up."""
    url = options.database or f"sqlite:///{folder / 'polis.db'}"
    served = Served(url, folder)
    who = served.polis("user", "create", "--email", EMAIL, "--password", "correct horse")
    key = served.polis("key", "create", "--email", EMAIL, "--name", "bench")["api_key"]
    member = Member(who["user_id"], who["organization_id"], key, "")
    codes = options.codes * CODE_SECONDS * options.rounds if "code" in scenarios else 0
    counts = ("--count", str(CHAINS * (options.rounds + 1)), "--codes", str(codes))
    issued = served.polis("token", "issue", "--email", EMAIL, *counts)
    chains = [each["refresh_token"] for each in issued["tokens"]]
    return {
        **beside.web(options, url, folder),
        **confidential(url, folder, member),
        "key": key,
        "token": "/api/oauth/token",
        "meta": METADATA,
        "get": METADATA,  # beside the bare view, which has no other address
        "client_id": issued["client_id"],
        "redirect_uri": issued["redirect_uri"],
        "code_verifier": issued["code_verifier"],
        "refresh_file": str(listed(folder / "refresh.txt", chains)),
        "codes_file": str(listed(folder / "codes.txt", issued["codes"])),
        "scenarios": [*WRITES, *READS],
    }


def confidential(url: str, folder: Path, who: Member) -> Spec:
    """A client that may introspect, and a token of its own to ask about and to call with."""
    facts = {"env": "development", "database_url": url, "instance_dir": folder}
    services = bootstrap.build(Settings.model_validate(facts))
    client = oauth.client(services, auth_methods="client_secret_basic")
    with services.transaction() as session:
        secret = secrets.issue(session, client.id, clock.now())
    token = oauth.tokens(services, who, client).access_token
    services.database.dispose()
    return {
        "access_token": token,
        "introspect": "/api/oauth/introspect",
        "introspect_auth": f"{client.client_id}:{secret}",
    }


def listed(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def table(measured: dict[str, dict]) -> Iterator[str]:
    """One table: ours, the peer's, and the ratio."""
    yield "| what | req/s | p50 ms | p99 ms | CPU µs | beside | req/s | p99 ms | CPU µs | ratio | by CPU | bad |"
    yield "|---|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|"
    for row in ROWS:
        found = measured.get(row.scenario, {})
        ours, theirs = found.get("polis"), found.get(row.peer)
        if ours and theirs:
            yield line(row, ours, theirs)
        elif ours:
            yield f"| {row.what} | {figure(ours, 'ok_rps')} | | | | {row.peer} was not measured |"


def line(row: Row, ours: list[dict], theirs: list[dict]) -> str:
    fields = [figure(ours, name) for name in ("ok_rps", "p50", "p99", "us")]
    other = [figure(theirs, name) for name in ("ok_rps", "p99", "us")]
    ratio = middle(ours, "ok_rps") / (middle(theirs, "ok_rps") or 1)
    by_cpu = middle(theirs, "us") / (middle(ours, "us") or 1)
    bad = sum(each["bad"] for each in ours)
    told = [row.what, *fields, row.peer, *other, f"{ratio:.2f}", f"{by_cpu:.2f}", str(bad)]
    return f"| {' | '.join(told)} |"


def middle(rounds: list[dict], name: str) -> float:
    return median(each[name] for each in rounds)


def figure(rounds: list[dict], name: str) -> str:
    value = middle(rounds, name)
    return f"{value:.1f}" if name in ("p50", "p99") else f"{value:.0f}"


if __name__ == "__main__":
    main()
