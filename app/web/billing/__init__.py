"""Money: what can be spent, the cap, plans and packs, the statement, invoices."""

from flask import Blueprint, Response

from app.web import checkout, outermost
from app.web.services import services

blueprint = Blueprint("billing", __name__)


@blueprint.after_request
def _lets_forms_go(answer: Response) -> Response:
    """Their forms end at the provider's pages."""
    targets = checkout.form_targets(services().settings)
    answer.headers["Content-Security-Policy"] = outermost.policy(*targets, scripts=True)
    return answer


from app.web.billing import (  # noqa: E402 # each adds its routes
    buying,  # noqa: F401
    capping,  # noqa: F401
    changing,  # noqa: F401
    ending,  # noqa: F401
    invoices,  # noqa: F401
    overview,  # noqa: F401
    statement,  # noqa: F401
)
