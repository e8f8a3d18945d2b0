"""Every document there is for programs that look around, where it is and how it is made."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from app.docs import twins
from app.docs.discovery import apis, oauth, openapi, servers, texts
from app.docs.discovery.place import Place
from app.domain.grants.audience import NAMES
from app.settings import Settings

TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
MARKDOWN = "text/markdown; charset=utf-8"

Make = Callable[[Place], str | None]


@dataclass(frozen=True, slots=True)
class Document:
    """A document, the address it is listed at, and the others its readers may guess."""

    path: str
    summary: str
    make: Make
    media_type: str = JSON
    aliases: tuple[str, ...] = ()
    dated: bool = False  # it names a day, so it is made anew for every reader
    needs: str = ""  # the setting without which there is none
    links: Callable[[str], str] | None = None  # its `Link` header under a base address

    @property
    def paths(self) -> tuple[str, ...]:
        """Where it is, its own address first."""
        return (self.path, *self.aliases)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other views answer and the list of documents names all the same."""

    path: str
    summary: str
    media_type: str = JSON


def _json(made: Callable[[Place], dict[str, Any]]) -> Make:
    def written(place: Place) -> str:
        return json.dumps(made(place), ensure_ascii=False, indent=2) + "\n"

    return written


def _resource(name: str) -> Make:
    return _json(partial(_protected, name=name))


def _protected(place: Place, name: str) -> dict[str, Any]:
    return oauth.resource(place.base, name)


_RESOURCE = "/.well-known/oauth-protected-resource"
_SERVER = "/.well-known/oauth-authorization-server"

DOCUMENTS = (
    Document("/robots.txt", "What crawlers may read.", texts.robots, TEXT),
    Document("/sitemap.xml", "Every public page.", texts.sitemap, "application/xml; charset=utf-8"),
    Document(
        "/llms.txt",
        "What this is and every page, for models.",
        lambda place: twins.llms(place.catalogue),
        TEXT,
    ),
    Document(
        "/llms-full.txt",
        "All pages in one file.",
        lambda place: twins.llms_full(place.catalogue),
        TEXT,
    ),
    Document(
        "/skill.md",
        "What an agent can do here: the steps and what they cost.",
        texts.skill,
        MARKDOWN,
        ("/SKILL.md", "/.well-known/skill.md"),
    ),
    Document(
        "/start",
        "The POSIX shell script that gets a key: `curl -fsSL …/start | sh -s -- you@example.com`.",
        texts.start,
        "text/x-shellscript; charset=utf-8",
    ),
    Document(
        "/.well-known/security.txt",
        "Whom to tell of a hole (RFC 9116).",
        texts.security,
        TEXT,
        ("/security.txt",),
        dated=True,
    ),
    Document(
        "/mcp/server-card",
        "The MCP server card (SEP-2127).",
        _json(servers.card),
        servers.CARD,
        ("/api/mcp/server-card", "/.well-known/mcp/server-card.json", "/.well-known/mcp.json"),
    ),
    Document(
        "/.well-known/ai-catalog.json",
        "The AI catalog that leads to the card.",
        _json(servers.catalog),
        "application/ai-catalog+json",
        ("/.well-known/mcp/catalog.json",),
    ),
    Document("/server.json", "The entry for the MCP registry.", _json(servers.registry)),
    Document(
        "/.well-known/agent-card.json",
        "The A2A agent card; its one interface is MCP.",
        _json(servers.agent_card),
        aliases=("/.well-known/agent.json",),
    ),
    Document(
        "/.well-known/api-catalog",
        "The interfaces and their descriptions (RFC 9727).",
        _json(apis.api_catalog),
        apis.LINKSET,
        links=apis.members,
    ),
    Document(
        "/openapi.json",
        "The REST twin (OpenAPI 3.1).",
        _json(openapi.document),
        apis.OPENAPI,
    ),
    Document(
        _RESOURCE,
        "Protected resource metadata (RFC 9728) of `/api/mcp`.",
        _resource(NAMES[0]),
        aliases=(f"{_RESOURCE}{NAMES[0]}", f"{NAMES[0]}{_RESOURCE}"),
    ),
    Document(
        f"{_RESOURCE}{NAMES[1]}",
        "The same of `/mcp`.",
        _resource(NAMES[1]),
        aliases=(f"{NAMES[1]}{_RESOURCE}",),
    ),
    Document(
        _SERVER,
        "Authorization server metadata (RFC 8414).",
        _json(lambda place: oauth.server(place.base)),
        aliases=tuple(path for name in NAMES for path in (f"{_SERVER}{name}", f"{name}{_SERVER}")),
    ),
    Document(
        "/.well-known/openid-configuration",
        "The same as OpenID Connect discovery.",
        _json(lambda place: oauth.server(place.base)),
    ),
    Document(
        "/.well-known/openai-apps-challenge",
        "The proof of the domain for OpenAI, where one was set.",
        texts.openai_apps_challenge,
        TEXT,
        needs="openai_apps_challenge",
    ),
)

OTHERS = (
    Elsewhere("/.well-known/jwks.json", "The keys that sign id_tokens (RFC 7517)."),
    Elsewhere("/docs.md", "The index of the documentation.", "text/markdown"),
)


class Listed(NamedTuple):
    """A row of the page that lists them."""

    path: str
    media_type: str
    summary: str
    aliases: tuple[str, ...] = ()
    there: bool = True


def listed(settings: Settings) -> Iterator[Listed]:
    """Every document, and whether this installation has it."""
    for each in DOCUMENTS:
        media_type = each.media_type.partition(";")[0]
        there = not each.needs or bool(getattr(settings, each.needs))
        yield Listed(each.path, media_type, each.summary, each.aliases, there)
    for other in OTHERS:
        yield Listed(other.path, other.media_type, other.summary)
