"""The documents a client looks for before it has a credential."""

from flask import Blueprint, Response, jsonify

from app.domain.callers import SCOPES
from app.web.services import services

blueprint = Blueprint("discovery", __name__)

_METADATA = "/.well-known/oauth-protected-resource"
_MINUTES = 5


@blueprint.get(_METADATA, defaults={"path": "api/mcp"})
@blueprint.get(f"{_METADATA}/api/mcp", defaults={"path": "api/mcp"}, endpoint="metadata_api_mcp")
@blueprint.get(f"{_METADATA}/mcp", defaults={"path": "mcp"}, endpoint="metadata_mcp")
def protected_resource(path: str) -> Response:
    """Protected resource metadata (RFC 9728), where every 401 challenge points."""
    base = services().settings.base_url
    answer = jsonify(
        resource=f"{base}/{path}",
        bearer_methods_supported=["header"],
        scopes_supported=list(SCOPES),
        resource_name="Polis",
        resource_documentation=f"{base}/docs",
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = f"public, max-age={_MINUTES * 60}"
    return answer
