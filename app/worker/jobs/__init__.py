"""Every kind of work and who does it."""

from app.worker.jobs import answer_turn, conclude, react_batch, send_mail, synthesise
from app.worker.jobs.base import Handler

HANDLERS: dict[str, Handler] = {
    "react_batch": react_batch.HANDLER,
    "synthesise": synthesise.HANDLER,
    "conclude": conclude.HANDLER,
    "answer_turn": answer_turn.HANDLER,
    "send_mail": send_mail.HANDLER,
}
