"""Backups on a machine of a test's own: what its timer starts, and what is there afterwards."""

from tests.deploy.machine import Machine
from tests.deploy.units import parsed

LATE = "--email late@polis.example"  # who came after the backup
# What a container does with the folder it is lent; all else is noted.
DOCKER = """
case " $* " in *" --volume "*) ;; *) exit 0 ;; esac
while [ "$1" != web ]; do shift; done
shift
sh -euc "$(printf '%s ' "$@" | sed -E 's#(^| )/backup#\\1{folder}/var/backups/polis#g')"
"""


def backed_up_at_night(machine: Machine, name: str) -> None:
    """What the timer starts makes one of today, and the oldest are away."""
    folder = machine.at("/var/backups/polis")
    for day in range(1, 20):
        (folder / f"polis-2020-01-{day:02}").touch()
    service = parsed((machine.at("/etc/systemd/system") / name).read_text())["Service"]
    command = service["ExecStart"].replace("/usr/bin/docker", "docker")
    given = {}
    if "EnvironmentFile" in service:
        given = settings_of(machine)
        given |= dict([machine.mapped(service["Environment"]).split("=", 1)])
    machine.run(command, service["WorkingDirectory"], **given)
    nightly, *_ = kept(machine)
    assert len(nightly) == 14
    assert [each for each in nightly if "2020" not in each] == nightly[-1:]
    machine.run("polis metrics | grep -q '^polis_backup_made_timestamp_seconds [1-9]'")


def kept(machine: Machine) -> list[list[str]]:
    """The backups there are: of nights, by hand, of before a restore."""
    names = sorted(path.name for path in machine.at("/var/backups/polis").iterdir())
    kinds = ("polis-", "by-hand-", "before-restore-")
    return [[name for name in names if name.startswith(kind)] for kind in kinds]


def settings_of(machine: Machine) -> dict[str, str]:
    lines = machine.at("/etc/polis.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)
