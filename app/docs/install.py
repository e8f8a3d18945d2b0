"""Addresses that set a client up by themselves."""

import json
from base64 import b64encode
from urllib.parse import quote

from app.docs.about import NAME


def links(endpoint: str) -> dict[str, str]:
    """Addresses that open a client and fill in its form."""
    config = b64encode(json.dumps({"url": endpoint}).encode()).decode()
    server = json.dumps({"name": NAME, "type": "http", "url": endpoint})
    return {
        "cursor": "cursor://anysphere.cursor-deeplink/mcp/install"
        f"?name={NAME}&config={quote(config, safe='')}",
        "vscode": f"vscode:mcp/install?{quote(server, safe='')}",
    }
