"""A comparison's page: which version the panel prefers, how sure that is, and why."""

from typing import Any

from flask import Response, render_template

from app.domain.rights import Right
from app.domain.runs import sheet
from app.kit.plain import plain
from app.web import place, texts
from app.web.runs import common, facts, variants
from app.web.runs.trouble import Trouble
from app.web.services import services


def page(compare_id: str, trouble: Trouble) -> Response:
    """The verdict with its figures, or how far the versions are."""
    here = place.here()
    with services().database.reading() as session:
        whole = sheet.comparison(session, here.organization.id, compare_id)
        runs = sheet.variants(session, here.organization.id, compare_id)
        versions = variants.variants(session, runs, whole.result)
    first = runs[0]
    more: dict[str, Any] = {
        "whole": whole,
        "variants": versions,
        "title": whole.label or "Comparison",
        "it": first,
        "trouble": trouble,
        "done": sum(one.done for one in runs),
        "people": sum(one.persona_count for one in runs),
        "tokens_": sum(one.tokens for one in runs),
        "refund": sum(one.refund_now for one in runs),
        "refunded": sum(one.refunded for one in runs),
        "ours": all(common.ours(one) for one in runs),
        "again_s": facts.look_again_s(first.created_at),
        "billing": Right.BILLING,
        "texts": [plain(one.content) for one in runs],
        "deletable": first.user_id == here.person.user_id or here.may(Right.MEMBERS),
    }
    if place.is_partial():
        if whole.over:
            return Response(headers={"HX-Refresh": "true"})
        return texts.scripted(render_template("runs/compare_progress.html", **more))
    return place.page("runs/comparison.html", **more)
