"""`polis audit`: the log of acts, taken away."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from app.adapters.backups import whole
from app.bootstrap import Services
from app.cli import environment
from app.cli.output import JSON, fail, show
from app.domain import audit_export
from app.domain.audit_export import Act, Wanted
from app.kit import cells, clock


@click.group()
def audit() -> None:
    """Take the log of acts away."""


@audit.command("export")
@click.option("--organization", help="The id of one; left out: all, and the installation's own.")
@click.option("--since", help="A day or moment in ISO 8601, in UTC unless it says otherwise.")
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), default="jsonl")
@click.option("--output", type=click.Path(path_type=Path), help="A file; left out: shown.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@JSON
def audit_export_command(
    organization: str | None,
    since: str | None,
    kind: str,
    output: Path | None,
    force: bool,  # noqa: FBT001 # click's flags
    as_json: bool,  # noqa: FBT001
) -> None:
    """Export who did what, each act with its digest; that it was exported is an act too."""
    wanted = Wanted(organization, _moment(since))
    its = environment.services()
    with its.transaction() as session:
        audit_export.begin(session, wanted, kind, clock.now())
    acts = _acts(its, wanted)
    if output is None and not as_json:
        sys.stdout.writelines(_KINDS[kind](acts))
    elif output is None:
        print(json.dumps({"acts": [act._asdict() for act in acts]}))
    else:
        count = _write(output, _KINDS[kind](acts), force=force)
        show(as_json, {"file": str(output), "lines": count}, f"{output} holds {count} lines.")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--since is {text!r}: write it like 2026-11-30 or 2026-11-30T08:00:00Z.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _acts(its: Services, wanted: Wanted) -> Iterator[Act]:
    """In readings of their own: what is long holds nobody up."""
    last = None
    while True:
        with its.database.reading() as session:
            found = audit_export.after(session, wanted, last)
        if not found:
            return
        yield from found
        last = found[-1]


def _write(file: Path, lines: Iterator[str], *, force: bool) -> int:
    count = 0
    with whole.written(file, force=force) as beside, beside.open("w", encoding="utf-8") as opened:
        for line in lines:
            opened.write(line)
            count += 1
    return count


def _jsonl(acts: Iterator[Act]) -> Iterator[str]:
    for act in acts:
        yield json.dumps(act._asdict(), ensure_ascii=False) + "\n"


def _csv(acts: Iterator[Act]) -> Iterator[str]:
    yield cells.line(Act._fields)
    for act in acts:
        yield cells.line(act._replace(details=json.dumps(act.details, ensure_ascii=False)))  # type: ignore[arg-type] # a cell is text


_KINDS: dict[str, Callable[[Iterator[Act]], Iterator[str]]] = {"jsonl": _jsonl, "csv": _csv}
