"""What all pages of a run are told."""

from typing import Any

from app.domain import plans
from app.domain.rights import Right
from app.domain.runs import pausing
from app.domain.runs.sheet import Sheet
from app.kit import ids
from app.kit.plain import plain
from app.web import place
from app.web.runs import facts
from app.web.runs.trouble import Trouble


def ours(it: Sheet) -> bool:
    """Whether it failed through us, and not by what was sent; one without a code did."""
    return it.failure_code is None or it.failure_code in pausing.OURS


def common(it: Sheet, trouble: Trouble) -> dict[str, Any]:
    """The run, why a form was refused, what the reader may do with it."""
    here = place.here()
    return {
        "it": it,
        "title": facts.title(it),
        "trouble": trouble,
        "billing": Right.BILLING,
        "ours": ours(it),
        "claude": facts.claude(it),
        "text": plain(it.content),
        "compare": f"/app/compare?run={it.id}",
        "price": plans.tokens_for(it.persona_count, it.detail, visual=it.url_mode == "visual"),
        "once": ids.new("web"),
        "deletable": it.user_id == here.person.user_id or here.may(Right.MEMBERS),
    }
