"""Polis itself on the wire: its tools, resources, prompts and tasks behind its gate."""

from app.bootstrap import Services
from app.web.last_use import LastUse
from app.web.mcp.endpoint import Endpoint
from app.web.mcp.product import card
from app.web.mcp.product.completions import ProductCompletions
from app.web.mcp.product.facts import implementation, instructions
from app.web.mcp.product.gate import ProductGate
from app.web.mcp.product.listen import ProductListen
from app.web.mcp.product.prompts import ProductPrompts
from app.web.mcp.product.resources import ProductResources
from app.web.mcp.product.tasks import ProductTasks
from app.web.mcp.product.tools import ProductTools
from app.web.mcp.product.waits import Waits
from app.web.mcp.server import TASKS_EXTENSION, Server


def endpoint(services: Services, last_use: LastUse) -> Endpoint:
    """The MCP endpoint of this installation."""
    waits = Waits(services)
    server = Server(
        implementation=implementation(services.settings.base_url),
        instructions=instructions(services.settings.base_url),
        tools=ProductTools(services, waits),
        resources=ProductResources(services),
        prompts=ProductPrompts(),
        completions=ProductCompletions(services),
        tasks=ProductTasks(services),
        listen=ProductListen(services, waits),
        extensions={TASKS_EXTENSION: {}, card.EXTENSION: {"mimeTypes": [card.MIME_TYPE]}},
    )
    return Endpoint(server, ProductGate(services, last_use))
