"""What all pages of a run are told."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from app.domain import plans
from app.domain.rights import Right
from app.domain.runs import keep, pausing
from app.domain.runs.sheet import Sheet
from app.domain.shares import making
from app.domain.shares.listed import Share
from app.kit import ids
from app.kit.plain import plain
from app.web import place
from app.web.runs import facts
from app.web.runs.trouble import Trouble


def ours(it: Sheet) -> bool:
    """Whether it failed through us, and not by what was sent."""
    return pausing.ours(it.failure_code)


def common(it: Sheet, trouble: Trouble) -> dict[str, Any]:
    """The run, why a form was refused, what the reader may do with it."""
    return {
        "it": it,
        "title": facts.title(it),
        "trouble": trouble,
        "billing": Right.BILLING,
        "ours": ours(it),
        "claude": facts.claude(it),
        "text": plain(it.content),
        "deleted": it.deleted(),
        "compare": f"/app/compare?run={it.id}",
        "price": plans.tokens_for(it.persona_count, it.detail, visual=it.url_mode == "visual"),
        "once": ids.new("web"),
        "deletable": deletable([it]),
    }


def deletable(runs: Sequence[Sheet]) -> bool:
    """Whether the reader may delete them."""
    here = place.here()
    return keep.may_delete(here.person, here.organization.role, [one.user_id for one in runs])


def revocable(links: Sequence[Share]) -> set[str]:
    """Which links the reader may end."""
    here = place.here()
    mine = partial(making.may_revoke, here.person, here.organization.role)
    return {one.id for one in links if mine(one.user_id)}
