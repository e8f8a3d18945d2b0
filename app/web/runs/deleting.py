"""The end of a run: its text and reactions go, what was paid stays in the books."""

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain import rights
from app.domain.rights import Right
from app.domain.runs import keep, sheet
from app.domain.runs.sheet import Sheet
from app.kit import clock
from app.web import place
from app.web.runs import PATH, blueprint, common, facts
from app.web.services import services

_ADDRESS = f"{PATH}/delete"


@blueprint.get(_ADDRESS)
@place.require(Right.READ_RUNS)
def deletion(handle: str) -> ResponseReturnValue:
    """What goes and what stays."""
    runs = _runs(handle)
    if not common.deletable(runs):
        raise rights.NotAllowed(
            "Only whoever started a run, or an admin, deletes it.",
            hint=f"Ask an admin of {place.here().organization.name}.",
        )
    first = runs[0]
    return place.page(
        "runs/delete.html",
        handle=first.compare_id or first.id,
        it=first,
        title=facts.title(first),
        runs=runs,
        over=all(one.over for one in runs),
    )


@blueprint.post(_ADDRESS)
@place.require(Right.READ_RUNS)
def delete(handle: str) -> ResponseReturnValue:
    """Delete it for good."""
    here = place.here()
    with services().transaction() as session:
        keep.remove(session, here.person, here.organization.id, handle, clock.now())
    return redirect("/app/runs?deleted=1", 303)


def _runs(handle: str) -> list[Sheet]:
    """The run, or every version of the comparison it belongs to."""
    organization_id = place.here().organization.id
    with services().database.reading() as session:
        if handle.startswith("cmp_"):
            return sheet.variants(session, organization_id, handle)
        it = sheet.sheet(session, organization_id, handle)
        together = it.compare_id
        return sheet.variants(session, organization_id, together) if together else [it]
