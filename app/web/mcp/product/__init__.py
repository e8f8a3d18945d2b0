"""Polis itself on the wire: its tools, resources, prompts and tasks behind its gate."""

from app.bootstrap import Services
from app.web.desk.gate import ProductGate
from app.web.desk.waits import Waits
from app.web.door.door import Door
from app.web.mcp.endpoint import Endpoint
from app.web.mcp.product import card
from app.web.mcp.product.completions import ProductCompletions
from app.web.mcp.product.consent_to_pay import ConsentToPay
from app.web.mcp.product.facts import implementation, instructions
from app.web.mcp.product.listen import ProductListen
from app.web.mcp.product.prompts import ProductPrompts
from app.web.mcp.product.resources import ProductResources
from app.web.mcp.product.tasks import ProductTasks
from app.web.mcp.product.tools import ProductTools
from app.web.mcp.server import TASKS_EXTENSION, Server

PATHS = ("/api/mcp", "/api/mcp/", "/mcp", "/mcp/")


def door(services: Services, gate: ProductGate, waits: Waits) -> Door:
    """The MCP endpoint of this installation."""
    consent = ConsentToPay(services, waits)
    server = Server(
        implementation=implementation(services.settings.base_url),
        instructions=instructions(services.settings.base_url),
        tools=ProductTools(services, waits, consent, gate.noted),
        resources=ProductResources(services),
        prompts=ProductPrompts(),
        completions=ProductCompletions(services),
        tasks=ProductTasks(services, gate.noted),
        listen=ProductListen(services, waits),
        extensions={TASKS_EXTENSION: {}, card.EXTENSION: {"mimeTypes": [card.MIME_TYPE]}},
        greeted=consent.greeted,
    )
    return Door(gate, Endpoint(server))
