"""Every surface: the doors of programs before Flask, health, and the pages."""

from collections.abc import Callable, Mapping
from wsgiref.types import WSGIApplication

from flask import Flask

from app.bootstrap import Services
from app.docs import about
from app.kit import logs, tracing
from app.web import (
    account,
    apps,
    audit,
    billing,
    billing_banner,
    check,
    consent_to_pay,
    counted,
    discovery,
    edge,
    formats,
    forms,
    health,
    keys,
    leaks,
    legible,
    logos,
    metrics,
    narrow,
    nav,
    no_password,
    oauth,
    organization,
    overview,
    pages,
    payments,
    place,
    play_money,
    playground,
    provision,
    rest,
    runs,
    search,
    signed_in,
    static_files,
    team,
    testing,
    turns,
    webhooks,
    words,
    you,
)
from app.web.desk.gate import ProductGate
from app.web.desk.waits import Waits
from app.web.door.gateway import Gateway
from app.web.door.http import Request, Response
from app.web.kept import Kept
from app.web.last_use import LastUse
from app.web.mcp import product
from app.web.oauth import token
from app.web.oauth.front_door import FrontDoor
from app.web.outermost import Outermost
from app.web.pages import docs
from app.web.rules import Route
from app.web.traced import Traced

BLUEPRINTS = (
    static_files.blueprint,
    health.blueprint,
    metrics.blueprint,
    discovery.blueprint,
    oauth.blueprint,
    oauth.pages,
    apps.blueprint,
    keys.blueprint,
    runs.blueprint,
    runs.public,
    team.blueprint,
    audit.blueprint,
    organization.blueprint,
    webhooks.blueprint,
    billing.blueprint,
    leaks.blueprint,
    payments.blueprint,
    consent_to_pay.blueprint,
    logos.blueprint,
    testing.blueprint,
    check.blueprint,
    search.blueprint,
    playground.blueprint,
    provision.blueprint,
    account.blueprint,
    overview.blueprint,
    you.blueprint,
    pages.blueprint,
)


_AnyDoor = Callable[[Request], Response | None]


def create_app(services: Services) -> Flask:
    """The WSGI application of one installation."""
    logs.configure()
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.url_rule_class = Route
    app.extensions["polis"] = services
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    edge.guard(app, services)  # first, so that nothing is answered before it, preflights neither
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    counted.tell(app)
    formats.register(app)
    words.register(app)
    app.add_template_filter(turns.trigger, "asks_again")
    app.jinja_env.globals["dashboard_groups"] = nav.GROUPS
    app.jinja_env.globals["stands_in"] = place.stands_in
    app.jinja_env.globals["billing_banner"] = billing_banner.facts
    app.jinja_env.globals["no_password"] = no_password.told
    app.jinja_env.globals["play_money"] = play_money.said(services.settings)
    app.jinja_env.globals["site"] = services.settings.base_url
    app.jinja_env.globals["introduced"] = about.DESCRIPTION
    app.jinja_env.globals["reader"] = narrow.reader
    app.jinja_env.globals["playing"] = play_money.SENTENCES
    legible.guard(app)
    forms.guard(app, services)
    signed_in.guard(app)
    last_use = app.extensions["polis_last_use"] = LastUse(services)
    inner = Kept(app.wsgi_app, discovery.lasting() | docs.lasting(services.settings))
    outer = Gateway(inner, *_doors(services, last_use), request_id=edge.request_id)
    outermost: WSGIApplication = Outermost(outer, services.settings)
    spans = tracing.begun()
    app.wsgi_app = Traced(outermost, spans) if spans else outermost  # type: ignore[method-assign, assignment] # Flask's way to add middleware
    return app


def _doors(
    services: Services, last_use: LastUse
) -> tuple[Mapping[str, _AnyDoor], Mapping[str, _AnyDoor]]:
    """By path, the doors that programs with a credential come to; and what is beside them."""
    gate, waits = ProductGate(services, last_use), Waits(services)
    mcp = dict.fromkeys(product.PATHS, product.door(services, gate, waits))
    tokens = dict.fromkeys(token.PATHS, FrontDoor(services, token.exchange))
    doors: dict[str, _AnyDoor] = {**mcp, **rest.doors(services, gate, waits), **tokens}
    return doors, rest.beside(services, gate, waits)
