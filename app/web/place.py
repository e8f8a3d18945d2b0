"""Where a signed-in person stands: in which organization, and what their role there allows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import belonging, in_person
from app.domain.bearers import being_deleted
from app.domain.belonging import Belonging
from app.domain.callers import Caller
from app.domain.rights import RIGHTS, NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import parts, signed_in, texts
from app.web.services import services

NEW_ORGANIZATION = "/app/organizations/new"

P = ParamSpec("P")


class Place(NamedTuple):
    """One person in one of their organizations."""

    person: SignedIn
    organization: Belonging
    organizations: list[Belonging]

    def may(self, right: Right | None) -> bool:
        """Whether their role here has a right; what takes none is everybody's."""
        return right is None or self.organization.may(right)


def here() -> Place:
    """The place of whoever `require` let in; the database is asked once a request."""
    found = _found()
    if found is None:
        raise AssertionError("Only for views that `place.require` guards.")
    return found


def require(
    right: Right | None = None, *, while_ending: bool = False
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Show a view to people whose role has a right in the organization they look at.

    Nothing changes in one that is being deleted, but for what is allowed `while_ending`.
    """

    def guarded(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def inside(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            place = _found()
            if place is None:
                return parts.onward(NEW_ORGANIZATION)
            if _opened_for() not in (None, place.organization.id):
                raise NotAllowed(
                    "You do not belong any more to the organization this page was opened for.",
                    hint="Nothing was changed. Copy what you typed, and open the page anew.",
                )
            if right is not None and not place.may(right):
                raise NotAllowed(
                    f"This needs the role {RIGHTS[right]}; yours is {place.organization.role}.",
                    hint=f"Ask an owner of {place.organization.name}.",
                )
            ends = place.organization.deletion_due_at
            if ends is not None and request.method == "POST" and not while_ending:
                raise being_deleted(clock.iso(ends))
            return view(*args, **kwargs)

        inside.right = right  # type: ignore[attr-defined] # the table of routes and roles reads it
        return signed_in.require(inside)

    return guarded


def caller(book: str = "live") -> Caller:
    """The person as a caller of tools, spending what their organization has."""
    place, its = here(), services()
    with its.database.reading() as session:
        return in_person.caller(
            session,
            place.person,
            place.organization,
            its.settings.payment_mode,
            clock.now(),
            book=book,
        )


def of_dashboard() -> bool:
    """Whether it is a page of the dashboard that is asked for, there or not."""
    return request.path.startswith("/app/")


def anywhere() -> Place | None:
    """The place of whoever is signed in, on whatever page; None for strangers."""
    return None if signed_in.current() is None else _found()


def page(template: str, status: int = 200, **facts: Any) -> Response:
    """A page of the dashboard; script of ours may make it quicker."""
    place = here()
    return texts.scripted(
        render_template(template, place=place, person=place.person, **facts), status
    )


def is_partial() -> bool:
    """Whether htmx asks for the part of a page that changed."""
    return parts.is_partial()


def _found() -> Place | None:
    if "polis_place" not in g:
        g.polis_place = _looked_up(signed_in.person())
    found: Place | None = g.polis_place
    return found


def stands_in() -> str:
    """The organization a page is shown for, which its forms carry along; none outside of one."""
    found: Place | None = g.get("polis_place")
    return "" if found is None else found.organization.id


def _looked_up(person: SignedIn) -> Place | None:
    """The organization they chose while they still belong to it, else their own, else any."""
    with services().database.reading() as session:
        mine = belonging.of(session, person.user_id)
    if not mine:
        return None
    chosen = next((each for each in mine if each.id == person.organization_id), mine[0])
    return Place(person, _meant(person, chosen, mine), mine)


def _meant(person: SignedIn, chosen: Belonging, mine: list[Belonging]) -> Belonging:
    """The organization a form was opened for, though another was chosen in another tab since."""
    meant = next((each for each in mine if each.id == _opened_for()), chosen)
    if meant is not chosen:
        with services().transaction() as session:
            belonging.choose(session, person, meant.id)
    return meant


def _opened_for() -> str | None:
    return request.form.get("opened_for") if request.method == "POST" else None
