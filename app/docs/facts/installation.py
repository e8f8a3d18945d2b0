"""What an installation says of itself: its settings, its changelog, and what papers rest on."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.domain import sessions
from app.kit.meters import METERS
from app.settings import PREFIX, ROOT, Settings

NOT_USED_YET: frozenset[str] = frozenset()
"""Settings that are read and change nothing yet; a test looks for their use."""

_ALERT = re.compile(
    r"- alert: (\w+)\n.*?severity: (\w+) .*?summary: (.+?)\n +do: >-\n(.+?)(?=\n\n|\Z)", re.DOTALL
)


def facts(settings: Settings) -> dict[str, Any]:
    """What self-hosting, changelog, privacy and terms may say of this installation."""
    return {
        "settings": [
            (
                PREFIX + name.upper(),
                _meaning(name),
                _default(field.default),
            )
            for name, field in Settings.model_fields.items()
        ],
        "changelog": changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")),
        "deploy": _files(),
        "alerts": alerts((ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")),
        "meters": [
            (meter.name, meter.kind, ", ".join(meter.labels), meter.says) for meter in METERS
        ],
        "engine": settings.engine,
        "engine_model": settings.engine_model,
        "engine_provider": _provider(settings),
        "payments": settings.payment_mode,
        "told_mistakes": bool(settings.sentry_dsn),
        "traced": settings.otel,
        "mail_server": bool(settings.smtp_host),
        "providers": [
            title
            for name, title in (("github", "GitHub"), ("google", "Google"))
            if getattr(settings, f"{name}_client_id")
        ],
        "session_days": sessions.LIFE.days,
        "session_kept_days": sessions.KEPT.days,
    }


def _provider(settings: Settings) -> str:
    """Whom a model's texts go to: the host that was named, else the provider by its name.

    Where a server stands in somebody's own network is nobody's business.
    """
    named = urlsplit(settings.engine_base_url).hostname
    if named is None:
        return {"openai": "OpenAI", "anthropic": "Anthropic"}[settings.engine_provider]
    own = named == "localhost" or not re.search(r"\.[a-z]", named)
    return "a server of whoever runs this installation" if own else named


def changelog(text: str) -> str:
    """The changelog below a page's title: a version is a heading, its kinds of change are words.

    Every version has an "Added": as headings they would share one anchor.
    """
    versions = text.partition("\n## ")[2]
    return re.sub(r"^### (.+)$", r"**\1**", f"## {versions}", flags=re.MULTILINE)


def alerts(text: str) -> list[tuple[str, ...]]:
    """Name, severity, summary and remedy of each alert, read in the form our file is written in."""
    return [
        tuple(
            " ".join(part.replace("{{ $labels.", "`").replace(" }}", "`").split()) for part in each
        )
        for each in _ALERT.findall(text)
    ]


def _files() -> dict[str, str]:
    """What an operator copies, by its path under `deploy/`."""
    folder = ROOT / "deploy"
    shown = ("systemd/*", "caddy/*", "nginx/*", "compose/*.service")
    paths = [path for pattern in shown for path in folder.glob(pattern)]
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8").rstrip("\n")
        for path in paths
    }


def _meaning(name: str) -> str:
    described = Settings.model_fields[name].description or ""
    return f"{described} **Not used yet.**" if name in NOT_USED_YET else described


def _default(value: object) -> str:
    """A default as the page shows it; where this installation stands is nobody's business."""
    if isinstance(value, Path):
        return f"`{value.name}/` beside the code"
    if isinstance(value, tuple):
        return ", ".join(value)
    if value is None:
        return ""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
