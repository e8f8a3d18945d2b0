"""A comparison's page: which version the panel prefers, how sure that is, and why."""

from typing import Any

from flask import Response, render_template

from app.domain.panel import preference
from app.domain.rights import Right
from app.domain.runs import sheet, titles
from app.domain.runs.newest import newest
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
        ids = [one.id for one in runs]
        cards = [] if whole.over else newest(session, ids, facts.CARDS)
    first = runs[0]
    more: dict[str, Any] = {
        "whole": whole,
        "variants": versions,
        "title": titles.of_comparison(whole.label, facts.title(first)),
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
        "cards": [(preference.LETTERS[ids.index(run_id)], seat) for run_id, seat in cards],
        "texts": [plain(one.content) for one in runs],
        "gone": variants.gone(runs),
        "in_percent": preference.in_percent,
        "too_close": preference.TOO_CLOSE,
        "deletable": common.deletable(runs),
    }
    if place.is_partial():
        if whole.over:
            return Response(headers={"HX-Refresh": "true"})
        return texts.scripted(render_template("runs/compare_progress.html", **more))
    return place.page("runs/comparison.html", **more)
