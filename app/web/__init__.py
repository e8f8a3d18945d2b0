"""Every surface: the MCP door before Flask, health, and the pages."""

import atexit

from flask import Flask

from app.bootstrap import Services
from app.kit import logs
from app.web import (
    account,
    apps,
    counted,
    discovery,
    edge,
    forms,
    health,
    leaks,
    legible,
    logos,
    oauth,
    pages,
    static_files,
)
from app.web.kept import Kept
from app.web.last_use import LastUse
from app.web.mcp import product
from app.web.mcp.gateway import Gateway
from app.web.outermost import Outermost

BLUEPRINTS = (
    static_files.blueprint,
    health.blueprint,
    discovery.blueprint,
    oauth.blueprint,
    oauth.pages,
    apps.blueprint,
    leaks.blueprint,
    logos.blueprint,
    account.blueprint,
    pages.blueprint,
)


def create_app(services: Services) -> Flask:
    """The WSGI application of one installation."""
    logs.configure()
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.extensions["polis"] = services
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    edge.guard(app, services)  # first, so that nothing is answered before it, preflights neither
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    counted.tell(app)
    legible.guard(app)
    forms.guard(app, services)
    last_use = app.extensions["polis_last_use"] = LastUse(services)
    atexit.register(last_use.stop)
    inner = Kept(app.wsgi_app, discovery.paths())
    door = Gateway(inner, product.endpoint(services, last_use), request_id=edge.request_id)
    app.wsgi_app = Outermost(door, services.settings)  # type: ignore[method-assign] # Flask's way to add middleware
    return app
