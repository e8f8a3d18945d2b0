"""What the pages about keys share: who looks, at which key, and the lines a new one is tried by."""

from urllib.parse import quote

from app.domain.keys import NewKey
from app.domain.own_keys import shown
from app.domain.own_keys.shown import Look, Shown
from app.kit import clock
from app.web import asked, place
from app.web.services import services

LIST = "/app/keys"
PAGE = f"{LIST}/<key_id>"


def look() -> Look:
    """Whoever is signed in, at the keys of the organization they look at."""
    here = place.here()
    mode = services().settings.payment_mode
    return Look(here.person.user_id, here.organization.id, mode, clock.now())


def find(key_id: str) -> Shown:
    """A key they may see."""
    with services().database.reading() as session:
        return shown.one(session, look(), key_id)


def once(made: NewKey, name: str, *, rolled: bool = False) -> dict[str, object]:
    """What is shown the one time a secret is known."""
    lines = f"POLIS_KEY={made.secret}\n"
    return {
        "id": made.id,
        "secret": made.secret,
        "name": name,
        "rolled": rolled,
        "base": asked.base(),
        "file": f"data:text/plain;charset=utf-8,{quote(lines, safe='')}",
        "book": "live" if made.secret.startswith("sk_live_") else "test",
    }
