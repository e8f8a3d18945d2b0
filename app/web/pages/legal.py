"""What becomes of what people give us, on which terms, and who helps: for every footer to link."""

from functools import cache

from flask import render_template

from app.docs.published import published
from app.settings import Settings
from app.web.pages import blueprint
from app.web.services import services

FOLDER = "pages"  # under the instance folder: an operator's own statements


@blueprint.get("/privacy", defaults={"name": "privacy"})
@blueprint.get("/terms", defaults={"name": "terms"})
@blueprint.get("/support", defaults={"name": "support"})
def statement(name: str) -> str:
    """One of the three pages an operator may rewrite."""
    return _page(services().settings, name)


@cache
def _page(settings: Settings, name: str) -> str:
    from app.docs.html import html  # noqa: PLC0415 # 60 ms of a start

    page = published(settings).statement(name, settings.instance_dir / FOLDER)
    return render_template("statement.html", page=page, body=html(page.text))
