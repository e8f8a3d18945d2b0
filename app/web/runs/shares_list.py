"""Every link that shows a report of the organization, and the button that ends one."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.shares import listed, making
from app.kit import clock, ids
from app.web import place
from app.web.runs import blueprint, common
from app.web.services import services

LIST = "/app/shares"


@blueprint.get(LIST)
@place.require(Right.READ_RUNS)
def shares_list() -> ResponseReturnValue:
    """Every link of the organization, with how often each was opened."""
    before = request.args.get("before", "")
    with services().database.reading() as session:
        found, older = listed.of_organization(
            session, place.here().organization.id, before if ids.is_id("shr", before) else None
        )
    return place.page(
        "runs/shares.html",
        shares=found,
        older=older,
        paged=bool(before),
        now=clock.now(),
        revoked="revoked" in request.args,
        revocable=common.revocable(found),
    )


@blueprint.post(f"{LIST}/<share_id>/revoke")
@place.require(Right.READ_RUNS)
def revoke(share_id: str) -> ResponseReturnValue:
    """End a link at its next opening."""
    here = place.here()
    with services().transaction() as session:
        run_id = making.revoke(session, here.person, here.organization.id, share_id, clock.now())
    at_list = request.form.get("at") == "list"
    return redirect(f"{LIST}?revoked=1" if at_list else f"/app/runs/{run_id}?unshared=1#share", 303)
