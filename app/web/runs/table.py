"""The reactions of a run, or of all versions of a comparison, as rows to take away."""

from flask.typing import ResponseReturnValue

from app.domain.report import rows
from app.domain.rights import Right
from app.domain.runs import sheet
from app.web import place
from app.web.attachments import attached
from app.web.runs import PATH, blueprint
from app.web.services import services

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # or spreadsheets read quotation marks as rubbish


@blueprint.get(f"{PATH}.csv")
@place.require(Right.READ_RUNS)
def csv(handle: str) -> ResponseReturnValue:
    """Every reaction as a row that no spreadsheet takes for a formula."""
    organization_id = place.here().organization.id
    with services().database.reading() as session:
        if handle.startswith("cmp_"):
            runs = sheet.variants(session, organization_id, handle)
        else:
            runs = [sheet.sheet(session, organization_id, handle)]
        seats = sheet.seats(session, [one.id for one in runs])
    text = rows.csv([(one.id, seats[one.id]) for one in runs])
    return attached(_BOM + text, "text/csv; charset=utf-8", f"{handle}.csv")
