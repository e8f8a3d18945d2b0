"""What connects one's own clients, filled in: the documentation is the same for everybody."""

from flask import render_template

from app.docs import install
from app.domain import keys
from app.kit import clock
from app.web import asked, signed_in
from app.web.account import blueprint
from app.web.services import services


@blueprint.get("/app/start")
@signed_in.require
def start() -> str:
    """The endpoint, the beginning of one's key, and a line for each client."""
    person, endpoint = signed_in.person(), f"{asked.base()}/mcp"
    with services().database.reading() as session:
        prefix = keys.newest_prefix(session, person.user_id, clock.now())
    return render_template(
        "account/start.html",
        endpoint=endpoint,
        base=asked.base(),
        prefix=prefix,
        install=install.links(endpoint),
    )
