"""Whether the installation works, for people: what `/readyz` says to programs."""

from flask import Response, render_template

from app.docs import about
from app.kit import clock
from app.web import health
from app.web.pages import blueprint

_AWAY, _BROKEN = "Away", "Does not work"  # what answers nothing, and what is there but not well
_WORDS = {
    "database": ("Database", "Sign-in, keys, tests and reports.", _AWAY),
    "migrations": ("Schema", "The tables are those this version knows.", _BROKEN),
    "worker": ("Panel", "Somebody takes up the tests that are started.", _AWAY),
    "disk": ("Disk", "There is room to write.", _BROKEN),
}


@blueprint.get("/status")
def status() -> Response:
    """Every part and how it is right now; what an operator has to do is said at `/readyz`."""
    found = health.states()
    parts = [(*_WORDS[name], state == "ok") for name, state in found.items()]
    works = all(ok for *_, ok in parts)
    page = render_template(
        "status.html", parts=parts, works=works, at=clock.iso(clock.now()), version=about.release()
    )
    return Response(page, status=200 if works else 503, headers={"Cache-Control": "no-store"})
