"""Lists and what may be cached of them: serialised once for each revision."""

from typing import Literal

from app.web.door import json_text
from app.web.mcp import revisions
from app.web.mcp.answers import Result
from app.web.mcp.server import Context, Listing


def page(listing: Listing, member: str, context: Context) -> Result:
    """Return one page under its member's name, from the listing's own memory if it has one."""
    text = listing.rendered.get(context.revision)
    if text is None:
        text = _rendered(listing, member, context)
        listing.rendered[context.revision] = text
    return Result(text)


def cache_hints(context: Context, ttl_ms: int, scope: Literal["public", "private"]) -> str:
    """Return the members that say how long and for whom an answer holds, where they are known."""
    return f',"ttlMs":{ttl_ms},"cacheScope":"{scope}"' if context.modern else ""


def _rendered(listing: Listing, member: str, context: Context) -> str:
    items = [revisions.known(item, context.revision) for item in listing.items]
    text = f'"{member}":{json_text.dumps(items)}'
    if listing.next_cursor is not None:
        text += f',"nextCursor":{json_text.dumps(listing.next_cursor)}'
    return text + cache_hints(context, listing.ttl_ms, listing.cache_scope)
