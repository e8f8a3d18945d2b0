"""A report as Markdown: everything that came from content or personas is escaped and quoted."""

import re
from typing import Any

from app.domain.panel.preference import LETTERS, in_percent
from app.kit.plain import plain

Json = dict[str, Any]

# ASCII punctuation that could start a link, image, HTML, code, emphasis, table or heading.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&:/@=^])")


def escaped(text: object) -> str:
    """Text that Markdown shows as it is, on one line, without characters that hide or reorder."""
    return _SPECIAL.sub(r"\\\1", " ".join(plain(str(text)).split()))


def quoted(text: object) -> str:
    """Text of several lines as a block quote."""
    lines = str(text).splitlines() or [""]
    return "\n".join(f"> {escaped(line)}" for line in lines)


def report_markdown(report: Json) -> str:
    """The report as polis_report gives it, for reading; not yet ready is a sentence."""
    if not report.get("ready"):
        done, total = report.get("reactions_done", 0), report.get("reactions_total", 0)
        return f"# Report\n\nNot ready: {report['status']}, {done} of {total} reactions.\n"
    if "result" in report:
        return _comparison(report)
    found = report["report"]
    parts = [
        f"# Report {report['run_id']}",
        report["content_notice"],
        _facts(report),
        "## Segments",
        *(_segment(segment) for segment in found["segments"]),
        "## Frictions",
        *(_friction(number, each) for number, each in enumerate(found["topFriction"], 1)),
        *_layout(found.get("structuralNotes")),
        "## Rewrite",
        *_rewrite(found["rewrite"]),
        "## Reactions",
        *(_reaction(reaction) for reaction in report.get("reactions", ())),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(report: Json) -> str:
    stats, engine = report["stats"], report["engine"]
    known = ", ".join(_of_the_audience(report))
    page = f"- Page: {escaped(report['url'])}\n" if report["url"] else ""
    return (
        f"{page}- Panel: {report['persona_count']} personas, {report['detail']}, "
        f"intent {stats['avgIntent']} of 10\n"
        f"- Audience{known and f' ({known})'}: {escaped(report['audience'] or '')}\n"
        f"- Engine: {engine['name']} {engine['version']}, seed {engine['seed']}, "
        f"validity {engine['validity'].get('level', '')}\n"
        f"- Digest: {report['result_digest']}"
    )


def _of_the_audience(report: Json) -> list[str]:
    """Whether it was read from the content, as whom, and how sure; older reports do not say."""
    sure, group = report.get("audience_confidence"), report.get("audience_read_as")
    inferred = ["inferred"] if report["audience_inferred"] else []
    known = [f"read as {group}"] if group and group != report["audience"] else []
    doubt = [] if sure is None else [f"{sure:.0%} sure whom that means"]
    return [*inferred, *known, *doubt]


def _segment(segment: Json) -> str:
    low, high = segment["interval"]
    return (
        f"**{escaped(segment['name'])}**, {segment['share']:.0%} "
        f"({low:.0%} to {high:.0%})\n\n{escaped(segment['summary'])}"
    )


def _friction(number: int, friction: Json) -> str:
    head = f"{number}. {escaped(friction['point'])} Severity {friction['severity']} of 10."
    quotes = [f"{quoted(e['quote'])}\n> ({e['persona_id']})" for e in friction["evidence"]]
    return "\n\n".join([head, *quotes])


def _layout(notes: list[str] | None) -> list[str]:
    return ["## Layout", "\n".join(f"- {escaped(note)}" for note in notes)] if notes else []


def _rewrite(rewrite: Json) -> list[str]:
    headline = [f"**{escaped(rewrite['headline'])}**"] if rewrite.get("headline") else []
    return [*headline, quoted(rewrite["body"]), escaped(rewrite["rationale"])]


def _reaction(reaction: Json) -> str:
    persona = reaction["persona"]
    who = f"**{escaped(persona['name'])}**, {persona['age']}, {escaped(persona['occupation'])}"
    said = f"{who}: {reaction['decision']}, intent {reaction['intent']}"
    return f"{said}\n\n{quoted(reaction['quote'])}"


def _comparison(report: Json) -> str:
    result = report["result"]
    low, high = result["interval"]
    note = f": {escaped(result['interval_note'])}" if "interval_note" in result else ""
    letters = {each["run_id"]: LETTERS[each["variant"]] for each in report["runs"]}
    rows = [
        f"| {letters[each['run_id']]} | {each['run_id']} | {each['share']:.0%} |"
        for each in result["preferred"]
    ]
    parts = [
        f"# Comparison {report['compare_id']}",
        report["content_notice"],
        escaped(result["verdict"]),
        f"Sure that the best beats the next: {in_percent(result['p_a_beats_b'])}% "
        f"({low:.0%} to {high:.0%}{note})",
        "\n".join(["| variant | run | preferred by |", "|---|---|---|", *rows]),
    ]
    return "\n\n".join(parts) + "\n"
