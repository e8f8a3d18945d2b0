"""The vendors whose apps people know: their names, and the hosts that are really theirs."""

from typing import NamedTuple


class Vendor(NamedTuple):
    """A name others may not take, and where the vendor's own codes go."""

    name: str
    names: tuple[str, ...]  # besides its own, as people may read them
    hosts: tuple[str, ...]  # whole: a subdomain may be somebody's content
    forwards: bool = False  # hands codes on to wherever `state` says: proves nothing


VENDORS = (
    Vendor(
        "Claude",
        ("Claude Code", "Claude Desktop", "Claude.ai", "Anthropic", "Anthropic Claude"),
        ("claude.ai", "claude.com"),
    ),
    Vendor(
        "ChatGPT",
        ("OpenAI", "Codex", "OpenAI Codex", "OpenAI ChatGPT", "ChatGPT Codex"),
        ("chatgpt.com",),
    ),
    Vendor("Cursor", ("Cursor AI", "Anysphere"), ("cursor.com", "www.cursor.com")),
    Vendor("Grok", ("xAI", "xAI Grok"), ("grok.com",)),
    Vendor(
        "VS Code",
        ("Visual Studio Code", "VSCode", "GitHub Copilot"),
        ("vscode.dev", "insiders.vscode.dev"),
        forwards=True,
    ),
)
OURS = "Polis"

_BY_HOST = {host: vendor for vendor in VENDORS for host in vendor.hosts}


def of_host(host: str) -> Vendor | None:
    """The vendor a host belongs to."""
    return _BY_HOST.get(host.lower())


def proves(host: str) -> bool:
    """Whether a code that goes to this host reaches a known vendor and nobody else."""
    vendor = of_host(host)
    return vendor is not None and not vendor.forwards
