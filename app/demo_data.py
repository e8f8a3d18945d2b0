"""A person, an organization and keys to try Polis with, made once and kept in `demo.json`."""

import json
import secrets
from functools import partial
from typing import Any

from app.adapters import files
from app.bootstrap import Services
from app.domain import accounts, installation, keys, passwords
from app.errors import NotFound
from app.kit import clock

FILE = "demo.json"
EMAIL = f"demo@{installation.DEMO_HOST}"


def ensure(its: Services) -> dict[str, Any]:
    """The demo's facts; made when there is no file, or when it belongs to another database."""
    path = its.settings.instance_dir / FILE
    if path.exists():
        kept: dict[str, Any] = json.loads(path.read_text())
        if _still_there(its, kept):
            return kept
    made = _make(its)
    files.write_private(path, json.dumps(made, indent=2) + "\n")
    return made


def banner(its: Services, demo: dict[str, Any]) -> str:
    """What a newcomer needs, ready to paste."""
    url = f"{its.settings.base_url}/api/mcp"
    header = f"Authorization: Bearer {demo['api_key']}"
    return "\n".join(
        [
            "",
            f"  Polis        {its.settings.base_url}",
            f"  MCP          {url}",
            f"  Sign-in      {demo['email']} / {demo['password']}",
            f"  API key      {demo['api_key']}",
            f"  Test key     {demo['test_key']}",
            "",
            f'  claude mcp add --transport http polis {url} --header "{header}"',
            "",
        ]
    )


def _still_there(its: Services, kept: dict[str, Any]) -> bool:
    with its.database.reading() as session:
        try:
            return accounts.find(session, kept["email"]).user_id == kept.get("user_id")
        except NotFound:
            return False


def _make(its: Services) -> dict[str, Any]:
    password = secrets.token_urlsafe(12)
    digest = passwords.hash_password(password)
    email = EMAIL
    with its.transaction() as session:
        try:
            accounts.find(session, email)
            email = f"demo+{secrets.token_hex(3)}@{installation.DEMO_HOST}"  # its file was lost
        except NotFound:
            pass
        now = clock.now()
        person = accounts.create(
            session,
            email,
            password_digest=digest,
            mode=its.settings.payment_mode,
            now=now,
            verified=True,
            trial_tokens_per_day=its.settings.trial_tokens_per_day,
        )
        make = partial(
            keys.create, session, person.organization_id, user_id=person.user_id, now=now
        )
        live, test = make(name="demo"), make(name="demo test", book="test")
    return {
        "email": email,
        "password": password,
        "user_id": person.user_id,
        "organization_id": person.organization_id,
        "api_key": live.secret,
        "test_key": test.secret,
    }
