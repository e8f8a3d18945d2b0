"""Reads units of systemd: by section, each key's value; and what systemd would say against one."""

import re
from pathlib import Path

from tests.served import ROOT

FOLDER = ROOT / "deploy"
ALL = sorted((*FOLDER.glob("systemd/*"), *FOLDER.glob("compose/*.service")))
BACKUPS = [path for path in ALL if "backup" in path.name]
UNITS = [path for path in ALL if path not in BACKUPS]

_SWITCH, _TEXT, _SPAN, _MODE = "true|false", r"\S.*", r"\d+(s|min|h|d)?", "0[0-7]{3}"
_UNITS, _PATH, _NAME = r"[\w@%.-]+\.(service|target|timer)( [\w@%.-]+)*", r"/[\w./%@-]+", r"[\w-]+"
KNOWN = {
    "Unit": {
        "Description": _TEXT, "After": _UNITS, "Wants": _UNITS, "StartLimitIntervalSec": _SPAN,
    },
    "Service": {
        "Type": "oneshot|simple|exec|notify", "User": _NAME, "Group": _NAME, "WorkingDirectory": _PATH,
        "EnvironmentFile": _PATH, "Environment": r"\w+=\S+", "ExecStart": rf"{_PATH}( .+)?",
        "Restart": "on-failure|always|no", "RestartSec": _SPAN, "KillMode": "mixed|process|control-group",
        "TimeoutStopSec": _SPAN, "StateDirectory": _NAME, "StateDirectoryMode": _MODE, "UMask": _MODE,
        "ReadWritePaths": _PATH, "CapabilityBoundingSet": "", "ProtectSystem": "strict|full|true|false",
        **dict.fromkeys(
            (
                "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelTunables",
                "ProtectKernelModules", "ProtectControlGroups", "RestrictSUIDSGID", "LockPersonality",
            ),
            _SWITCH,
        ),
    },
    "Timer": {
        "OnCalendar": r"\*-\*-\* \d\d:\d\d:\d\d", "RandomizedDelaySec": _SPAN, "Persistent": _SWITCH,
    },
    "Install": {"WantedBy": _UNITS},
}  # fmt: skip


def read(path: Path) -> dict[str, dict[str, str]]:
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> dict[str, dict[str, str]]:
    unit: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            section = unit.setdefault(line.strip("[]"), {})
        else:
            key, equals, value = line.partition("=")
            assert equals, line
            assert key not in section, line
            section[key] = value
    return unit


def faults(text: str) -> list[str]:
    """Sections, keys and values that systemd does not know, or we never used."""
    return [
        f"[{section}] {key}={value}"
        for section, keys in parsed(text).items()
        for key, value in keys.items()
        if not re.fullmatch(KNOWN.get(section, {}).get(key, "(?!)"), value)
    ]
