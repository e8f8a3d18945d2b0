"""Having a link sent: asked for by anybody, written to whoever has the address, told to nobody."""

from flask import render_template

from app.domain import mailed_links, mails, networks
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import limited, marks, network
from app.web.account.form import Form
from app.web.services import services

_VERIFY = "verify"


def send(purpose: str, typed: Form) -> str:
    """Record the letter; the worker finds out whether there is anybody to send it to."""
    _count_asking()
    if limited.may_get_another(typed.email):
        _record(purpose, typed)
    return sent_page(typed)


def send_again(person: SignedIn, typed: Form) -> str:
    """The link that proves their address once more: no secret of theirs, so they hear of a wait."""
    _count_asking()
    wait = limited.wait_for_another(typed.email, "link_again")
    if wait:
        return sent_page(typed, mine=True, wait=wait, works_for=_minutes_left(person))
    _record(_VERIFY, typed, browser=marks.signed_up())
    return sent_page(typed, mine=True)


def sent_page(typed: Form, *, mine: bool = False, wait: int = 0, works_for: int = 0) -> str:
    """Says that mail is on its way; to a stranger always, to its owner where it is."""
    facts = {"form": typed, "mine": mine, "wait": wait, "works_for": works_for}
    return render_template("account/sent.html", development=limited.shows_mailbox(), **facts)


def _count_asking() -> None:
    limited.count("link_by_mail_network", networks.of(network.address()))


def _record(purpose: str, typed: Form, *, browser: str = "") -> None:
    facts = {"browser": browser, "onward": typed.onward}
    with services().transaction() as session:
        mails.record(session, purpose, typed.email, facts, clock.now())


def _minutes_left(person: SignedIn) -> int:
    """Whole minutes the last link that was sent still works; a letter on its way has none yet."""
    now = clock.now()
    with services().database.reading() as session:
        ends = mailed_links.last_ends(session, person.user_id, _VERIFY, now)
    return 0 if ends is None else int((ends - now).total_seconds()) // 60
