"""Apps of the platforms people connect: filled in, and what their own forms want back."""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.clients import redirects
from app.domain.clients.developer_app import App


class Preset(NamedTuple):
    """One platform: the app made for it, and its form's fields in its own words and order."""

    title: str
    app: App
    form: tuple[tuple[str, str], ...]  # label → what belongs there


class Filled(NamedTuple):
    """A field of a platform's form and what to paste into it."""

    label: str
    value: str


PRESETS = {
    "claude": Preset(
        "Claude",
        App(
            "Claude",
            (
                "https://claude.ai/api/mcp/auth_callback",
                "https://claude.com/api/mcp/auth_callback",
            ),
            confidential=True,
        ),
        (
            ("Name", "name"),
            ("Remote MCP server URL", "server"),
            ("OAuth Client ID (optional)", "client_id"),
            ("OAuth Client Secret (optional)", "secret"),
        ),
    ),
    "chatgpt": Preset(
        "ChatGPT",
        App(
            "ChatGPT",
            (redirects.CHATGPT, "https://chatgpt.com/connector_platform_oauth_redirect"),
            confidential=True,
        ),
        (
            ("Name", "name"),
            ("MCP Server URL", "server"),
            ("OAuth Client ID", "client_id"),
            ("OAuth Client Secret", "secret"),
            ("Authorization URL", "authorize"),
            ("Token URL", "token"),
        ),
    ),
    "claude-code": Preset(
        "Claude Code",
        App("Claude Code", ("http://localhost/callback", "http://127.0.0.1/callback")),
        (("name", "name"), ("url", "server"), ("--client-id", "client_id")),
    ),
    "cursor": Preset(
        "Cursor",
        App(
            "Cursor",
            (
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "https://www.cursor.com/agents/mcp/oauth/callback",
                "https://cursor.com/agents/mcp/oauth/callback",
                "http://localhost:8787/callback",
            ),
        ),
        (("name", "name"), ("url", "server"), ("auth.CLIENT_ID", "client_id")),
    ),
    "vscode": Preset(
        "VS Code",
        App(
            "VS Code",
            (
                "https://vscode.dev/redirect",
                "https://insiders.vscode.dev/redirect",
                "http://127.0.0.1/",
            ),
        ),
        (("Server ID", "name"), ("URL", "server"), ("Client ID", "client_id")),
    ),
    "inspector": Preset(
        "MCP Inspector",
        App("MCP Inspector", ("http://localhost:6274/oauth/callback",)),
        (("URL", "server"), ("Client ID", "client_id")),
    ),
}


# What any client's own form may ask for.
ANY_FORM = (
    ("Name", "name"),
    ("Server URL", "server"),
    ("Client ID", "client_id"),
    ("Client secret", "secret"),
    ("Authorization URL", "authorize"),
    ("Token URL", "token"),
)


def of(redirect_uris: Iterable[str]) -> Preset | None:
    """The platform whose addresses an app lists, all of them."""
    listed = set(redirect_uris)
    return next((each for each in PRESETS.values() if listed >= set(each.app.redirect_uris)), None)


def card(preset: Preset | None, client_id: str, secret: str | None, base_url: str) -> list[Filled]:
    """The platform's form, field by field; what an app has not is left out."""
    values = {
        "name": "Polis",
        "server": f"{base_url}/mcp",
        "client_id": client_id,
        "secret": secret,
        "authorize": f"{base_url}/oauth/authorize",
        "token": f"{base_url}/api/oauth/token",
    }
    form = preset.form if preset else ANY_FORM
    return [Filled(label, value) for label, key in form if (value := values[key])]
