"""The demo's client: the official MCP SDK does the main job and prints what came back.

Runs in its own environment (`.venv-clients/mcp2`), so it imports nothing of ours.
"""

import asyncio
import json
import os
import sys
import textwrap

import httpx2
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

FACTS = {name.removeprefix("POLIS_DEMO_"): value for name, value in os.environ.items()}
WIDTH = 88


async def main() -> None:
    """Estimate, test, follow, read."""
    headers = {"Authorization": f"Bearer {FACTS['KEY']}"}
    http = httpx2.AsyncClient(headers=headers, timeout=60)
    async with Client(
        streamable_http_client(FACTS["URL"], http_client=http), mode="auto"
    ) as client:
        ask = {
            "content_type": FACTS["TYPE"],
            "content": FACTS["TEXT"],
            "persona_count": int(FACTS["PERSONAS"]),
            "detail": FACTS["DETAIL"],
        }
        price = await call(client, "polis_estimate", ask)
        print(
            f"\n{price['tokens']} tokens for {ask['persona_count']} personas ({ask['detail']}).\n"
        )
        run = await call(client, "polis_test", ask)
        await follow(client, run["run_id"])
        show(await call(client, "polis_report", {"run_id": run["run_id"]}))


async def call(client: Client, tool: str, arguments: dict) -> dict:
    """One tool call; a refusal ends the demo with its own words."""
    result = await client.call_tool(tool, arguments)
    answer = result.structured_content or json.loads(result.content[0].text)
    if result.is_error:
        error = answer["error"]
        sys.exit(f"{tool}: {error['message']} {error['hint']}")
    return answer


async def follow(client: Client, run_id: str) -> None:
    """A bar that fills as the panel reacts."""
    while True:
        state = await call(client, "polis_status", {"run_id": run_id, "wait_s": 10})
        done, total = state["reactions_done"], state["reactions_total"]
        filled = done * 40 // total
        bar = "█" * filled + "·" * (40 - filled)
        print(f"\r  {bar} {done}/{total} {state['status']:<13}", end="", flush=True)
        if state["done"]:
            print()
            if state["status"] != "complete":
                sys.exit(f"The run ended as {state['status']}.")
            return


def show(report: dict) -> None:
    """The report, as a person reads it."""
    found, stats = report["report"], report["stats"]
    heading("Verdict")
    print(f"  Intent {stats['avgIntent']} of 10. Decisions: {counts(stats['decisions'])}.")
    print(f"  Panel: {report['persona_count']} personas, {report['audience']}.")
    heading("Segments")
    for segment in found["segments"]:
        low, high = segment["interval"]
        print(f"  {segment['share']:>4.0%}  {segment['name']} ({low:.0%} to {high:.0%})")
        paragraph(segment["summary"], "        ")
    heading("Frictions")
    for number, friction in enumerate(found["topFriction"], 1):
        paragraph(f"{number}. {friction['point']} [{friction['severity']}/10]", "  ")
        for evidence in friction["evidence"]:
            paragraph(f"{evidence['persona_id']}: {evidence['quote']}", "       ")
    heading("Rewrite")
    if found["rewrite"].get("headline"):
        paragraph(found["rewrite"]["headline"], "  ")
    for part in found["rewrite"]["body"].splitlines():
        paragraph(part, "  ")
    paragraph(found["rewrite"]["rationale"], "  ")
    heading("Two of the panel")
    for reaction in report["reactions"][:2]:
        persona = reaction["persona"]
        paragraph(f"{persona['name']}, {persona['age']}, {persona['occupation']}: ", "  ")
        paragraph(reaction.get("thinkAloud") or reaction["quote"], "    ")
    show_stuck(report["reactions"])
    print(f"\n  {report['engine']['validity'].get('note', '')}")
    print(f"  seed {report['engine']['seed']}, digest {report['result_digest'][:16]}…")


def show_stuck(reactions: list[dict]) -> None:
    """Phrases of the text that somebody shown here stumbled over, each with who did."""
    stuck = {}
    for reaction in reactions:
        if phrase := reaction.get("stuckPhrase"):
            stuck.setdefault(phrase, []).append(reaction["persona"]["id"])
    if stuck:
        heading("Where they got stuck")
    for phrase, people in stuck.items():
        print(f"  “{phrase}” ({', '.join(people)})")


def heading(title: str) -> None:
    """A title with air above it."""
    print(f"\n{title}\n{'─' * len(title)}")


def paragraph(text: str, indent: str) -> None:
    """Text that fits the terminal."""
    print(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent))


def counts(decisions: dict) -> str:
    """Decisions as a list."""
    return ", ".join(f"{name} {number}" for name, number in decisions.items())


asyncio.run(main())
