#!/usr/bin/env python3
"""R9: how long answers take with 10,000 people, 100,000 runs and a million entries in the database.

    python bench/crowd.py                         both databases, 20 s of each
    python bench/crowd.py --seconds 5 --people 100 --runs 1000 --entries 10000 --kinds sqlite

`polis serve` with its two web processes is asked at a steady rate, whether or not it has answered
what was asked before, and each answer is timed from the moment its request was due: a server that
stalls is not asked less. Printed: p50, p95 and p99 in ms beside the bound of p95. The load comes
from this machine too, so a bound that holds here holds.
"""

import argparse
import http.client
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from statistics import quantiles
from threading import Event, local
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 # after the path is set
from app.bootstrap import Services  # noqa: E402
from app.domain import accounts  # noqa: E402
from app.kit import clock  # noqa: E402
from bench import fresh  # noqa: E402
from tests import oauth  # noqa: E402
from tests.databases import DATABASES, Copies  # noqa: E402
from tests.factories import Member, settings_for  # noqa: E402
from tests.filling import Owner, fill  # noqa: E402
from tests.served import Served  # noqa: E402

HANDS, CHAINS, AT_ONCE = 32, 64, 500
TYPED = {"Content-Type": "application/x-www-form-urlencoded"}
Ask = Callable[["Hand", int], int]


class Hand:
    """One connection that stays open, and what a request over it is answered with."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def asks(
        self, verb: str, path: str, headers: dict[str, str], body: str = ""
    ) -> tuple[int, str]:
        self._line.request(verb, path, body or None, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=100_000)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--kinds", default=",".join(DATABASES))
    options.add_argument("--python", help="taken for the sake of make bench")
    given = options.parse_args()
    with fresh.databases() as (folder, copies):
        return max([crowded(copies, kind, folder, given) for kind in given.kinds.split(",")])


def crowded(copies: Copies, kind: str, folder: Path, given: argparse.Namespace) -> int:
    own = folder / kind
    own.mkdir()
    url = copies.fresh(kind, own)
    worst = 0
    with Served(url, own) as served, built(url, own) as services:
        who = owner(services, served)
        fill(
            services.database,
            Owner(who.organization_id, who.user_id, (f"user:{who.user_id}",), "simulated"),
            given.runs, given.entries, clock.now(),
        )  # fmt: skip
        people(services, given.people)
        print(
            f"\n{kind}: {given.people:,} people, {given.runs:,} runs, {given.entries:,} entries\n"
        )
        print("| what | a second | p50 | p95 | of | p99 | |\n|---|---:|---:|---:|---:|---:|---|")
        for what, rate, bound, ask in (
            ("docs", 100, 50, docs),
            ("authenticated MCP read", 100, 50, reads(served)),
            ("token endpoint, refresh", 100, 100, refreshes(services, who)),
            ("dashboard", 20, 150, dashboard(served)),
        ):
            taken = pressed(served.port, ask, rate, given.seconds)
            worst = max(worst, told(what, rate, bound, taken))
    return worst


@contextmanager
def built(url: str, folder: Path) -> Iterator[Services]:
    services = bootstrap.build(settings_for(url, folder))
    yield services
    services.database.dispose()


def owner(services: Services, served: Served) -> Member:
    with services.database.reading() as session:
        person = accounts.find(session, served.demo["email"])
    return Member(person.user_id, person.organization_id, "", "")


def people(services: Services, how_many: int) -> None:
    for first in range(0, how_many, AT_ONCE):
        with services.transaction() as session:
            for number in range(first, min(first + AT_ONCE, how_many)):
                accounts.create(
                    session, f"crowd{number}@example.com", password_digest="d", mode="simulated",
                    now=clock.now(),
                )  # fmt: skip


def docs(hand: Hand, number: int) -> int:
    path = ("/docs", "/docs/quickstart", "/docs/pricing.md", "/llms.txt")[number % 4]
    return hand.asks("GET", path, {})[0]


def reads(served: Served) -> Ask:
    key = str(served.demo["api_key"])
    headers = {
        "Authorization": f"Bearer {key}", "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25",
    }  # fmt: skip

    def ask(hand: Hand, number: int) -> int:
        call = {"name": ("polis_account", "polis_runs")[number % 2], "arguments": {}}
        body = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call}
        return hand.asks("POST", "/mcp", headers, json.dumps(body))[0]

    return ask


def refreshes(services: Services, who: Member) -> Ask:
    """Each connection has a chain of refresh tokens, and one request at a time."""
    app = oauth.client(services)
    chains: SimpleQueue[str] = SimpleQueue()
    for _ in range(CHAINS):
        chains.put(str(oauth.tokens(services, who, app).refresh_token))

    def ask(hand: Hand, _number: int) -> int:
        form = {
            "grant_type": "refresh_token", "client_id": app.client_id, "refresh_token": chains.get(),
        }  # fmt: skip
        status, answer = hand.asks("POST", "/api/oauth/token", TYPED, urlencode(form))
        chains.put(json.loads(answer)["refresh_token"])
        return status

    return ask


def dashboard(served: Served) -> Ask:
    cookies = signed_in(served)
    pages = ("/app/", "/app/runs", "/app/usage", "/app/billing", "/app/keys", "/app/audit")

    def ask(hand: Hand, number: int) -> int:
        return hand.asks("GET", pages[number % len(pages)], {"Cookie": cookies})[0]

    return ask


def signed_in(served: Served) -> str:
    """The cookies of a browser in which the demo's owner signed in."""
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    line.request("GET", "/login")
    answer = line.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token is not None
    form = {"csrf_token": token[1], **{name: served.demo[name] for name in ("email", "password")}}
    line.request("POST", "/login", urlencode(form), {**TYPED, "Cookie": _cookies(answer)})
    into = line.getresponse()
    assert into.status == 303, into.read()
    return _cookies(into)


def _cookies(answer: http.client.HTTPResponse) -> str:
    kept = (each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or ())
    return "; ".join(kept)


def pressed(port: int, ask: Ask, rate: int, seconds: float) -> list[float]:
    """How long each answer took, in ms from when its request was due; any but 200 ends it all."""
    own, begun, waits = local(), time.perf_counter() + 1, Event()

    def one(number: int) -> float:
        due = begun + number / rate
        waits.wait(max(0.0, due - time.perf_counter()))
        if not hasattr(own, "hand"):
            own.hand = Hand(port)
        status = ask(own.hand, number)
        assert status == 200, status
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(HANDS) as many:
        return list(many.map(one, range(round(rate * seconds))))[rate:]  # the first second warms up


def told(what: str, rate: int, bound: float, taken: list[float]) -> int:
    cut = quantiles(taken, n=100, method="inclusive")
    p50, p95, p99 = cut[49], cut[94], cut[98]
    slow = "" if p95 <= bound else "SLOWER"
    print(f"| {what} | {rate} | {p50:.1f} | {p95:.1f} | {bound:.0f} | {p99:.1f} | {slow} |")
    return int(p95 > bound)


if __name__ == "__main__":
    sys.exit(main())
