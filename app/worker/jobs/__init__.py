"""Every kind of work and who does it."""

from app.worker.jobs import (
    answer_turn,
    apply_payment,
    check_connectors,
    conclude,
    deliver_webhook,
    export_organization,
    fetch_pages,
    grant_trial,
    react_batch,
    report_usage,
    send_mail,
    simulated_notice,
    synthesise,
    wind_down,
)
from app.worker.jobs.base import Handler

HANDLERS: dict[str, Handler] = {
    "fetch_pages": fetch_pages.HANDLER,
    "react_batch": react_batch.HANDLER,
    "synthesise": synthesise.HANDLER,
    "conclude": conclude.HANDLER,
    "answer_turn": answer_turn.HANDLER,
    "export_organization": export_organization.HANDLER,
    "send_mail": send_mail.HANDLER,
    "grant_trial": grant_trial.HANDLER,
    "deliver_webhook": deliver_webhook.HANDLER,
    "check_connectors": check_connectors.HANDLER,
    "apply_payment": apply_payment.HANDLER,
    "report_usage": report_usage.HANDLER,
    "wind_down": wind_down.HANDLER,
    "simulated_notice": simulated_notice.HANDLER,
}
