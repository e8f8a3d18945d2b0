"""`polis doctor`: whether a connector would get through, and what it would trip over."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.adapters.doctor.loopback import Loopback
from app.adapters.doctor.masks import shown
from app.adapters.doctor.profiles import PROFILES, Consents
from app.adapters.doctor.steps import STAGES, Report, Step, Through
from app.cli import doctor_data
from app.cli.output import JSON, fail, say

_NEEDS_A_PERSON = ("token", "all")


@click.command()
@click.argument("url", required=False)
@click.option("--data", is_flag=True, help="Look at this installation's own data instead.")
@click.option("--as", "names", type=click.Choice(list(PROFILES)), multiple=True, help="As whom.")
@click.option("--through", type=click.Choice(STAGES), default="all", help="How far to go.")
@click.option("--email", help="Of an account there; left out: you approve in your browser.")
@click.option("--password", envvar="POLIS_DOCTOR_PASSWORD", help="Of that account.")
@JSON
def doctor(
    url: str | None,
    data: bool,  # noqa: FBT001 # click's flags
    names: tuple[str, ...],
    through: Through,
    email: str | None,
    password: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Connect to an installation as clients would, or look at the data of this one."""
    if data == bool(url):
        fail("Give the address of an installation, or --data for the data of this one.")
    if not url:
        doctor_data.examine(as_json=as_json)
        return
    if not url.startswith(("https://", "http://")):
        fail("Give the address as it is pasted into a client: https://…")
    if (email is None) != (password is None):
        fail("Give --email and --password together.")
    from app.adapters.doctor.examination import examine  # noqa: PLC0415 # 100 ms other commands need not pay

    reports = []
    for name in names or PROFILES:
        with _consents(url, through, email, password) as consents:
            reports.append(examine(url, PROFILES[name], through=through, consents=consents))
    _print(reports, as_json=as_json)
    sys.exit(0 if all(report.sound for report in reports) else 1)


@contextmanager
def _consents(
    url: str, through: Through, email: str | None, password: str | None
) -> Iterator[Consents | None]:
    """Who approves, where anybody has to."""
    if through not in _NEEDS_A_PERSON:
        yield None
    elif email and password:
        from app.adapters.doctor.person import Person  # noqa: PLC0415 # as above

        yield Person(url, email, password)
    else:
        with Loopback(say) as waiting:
            yield waiting


def _print(reports: list[Report], *, as_json: bool) -> None:
    if as_json:
        sound = all(report.sound for report in reports)
        print(json.dumps({"sound": sound, "reports": [each.facts() for each in reports]}))
        return
    for report in reports:
        print(f"{PROFILES[report.profile].title} at {report.url}: {_end(report)}")
        for step in report.steps:
            print("\n".join(_lines(step)))


def _end(report: Report) -> str:
    if not report.sound:
        return "does not get through"
    skipped = [step.name for step in report.steps if step.skipped]
    if not skipped:
        return "gets through"
    return f"gets through as far as was tried; {skipped[0]} and what follows were not"


def _lines(step: Step) -> Iterator[str]:
    yield f"  {step.verdict:8} {step.name} {step.skipped}".rstrip()
    for sent in step.sent:
        yield f"    sent   {sent}"
    for came in step.came:
        yield f"    came   {came}"
    for fault in step.faults:
        yield f"    client {shown(fault.would)} ({fault.name})"
