"""The REST twin as OpenAPI 3.1, rendered from the tools' models."""

from typing import Any

from app.docs import about
from app.docs.discovery.place import Place
from app.docs.statuses import STATUSES
from app.domain.callers import FULL, READ
from app.tools import TOOLS, schema
from app.tools.base import Tool

Json = dict[str, Any]

BASE = "/api/v1"


def document(place: Place) -> Json:
    """Every tool as a path, its input and answer as its models have them."""
    base = place.base
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{about.TITLE} REST API",
            "summary": about.DESCRIPTION,
            "description": (
                "The twin of the MCP tools: the same input, the same answers, the same refusals, "
                f"these with a status of their own. Documentation: {base}/docs/rest-api"
            ),
            "version": about.release(),
            "termsOfService": f"{base}/terms",
            "contact": {"name": "Support", "email": place.settings.support_email},
        },
        "externalDocs": {"url": f"{base}/docs/rest-api"},
        "servers": [{"url": base}],
        "security": [{"key": []}, {"oauth": [FULL]}],
        "tags": [{"name": "tools", "description": "What a panel is asked, and what it answers."}],
        "paths": {path_of(tool): {"post": _operation(tool)} for tool in TOOLS.values()},
        "components": {
            "securitySchemes": _security(base),
            "schemas": {
                "Refusal": schema.of_refusal(usage=True),
                "Request": schema.of_refusal(usage=False),
            },
        },
    }


def path_of(tool: Tool[Any, Any]) -> str:
    """Where a tool is called without MCP."""
    return f"{BASE}/{tool.name.removeprefix('polis_')}"


def _operation(tool: Tool[Any, Any]) -> Json:
    given = schema.of_input(tool.input)
    answers = {
        "200": {
            "description": "The answer.",
            "content": _json(schema.of_answer(tool.output)),
        }
    }
    for status, each in STATUSES.items():
        answers[str(status)] = {
            "description": each.meaning,
            "content": _json({"$ref": f"#/components/schemas/{each.shape}"}),
        }
    return {
        "operationId": tool.name,
        "summary": tool.title,
        "description": tool.description,
        "tags": ["tools"],
        "security": [{"key": []}, {"oauth": [tool.scope]}],
        "requestBody": {"required": True, "content": _json(given)},
        "responses": answers,
    }


def _json(described: Json) -> Json:
    return {"application/json": {"schema": described}}


def _security(base: str) -> Json:
    return {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key: `sk_live_…`, or `sk_test_…` to try without paying.",
        },
        "oauth": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": f"{base}/oauth/authorize",
                    "tokenUrl": f"{base}/api/oauth/token",
                    "refreshUrl": f"{base}/api/oauth/token",
                    "scopes": {FULL: "Every tool.", READ: "The tools that only read."},
                }
            },
        },
    }
