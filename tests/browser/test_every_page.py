"""Every page of the dashboard's map is looked at, those with a name in their address too.

A new route under /app is found by itself: it is looked at, or stands in NO_PAGES with the reason.
Both widths are looked at whole, and their colours in both lights.
Pages in their other states (refused, running, empty) are looked at where their walks are.
"""

import pytest

from tests.browser.looks import faults, faults_in_the_other_light
from tests.browser.test_pages import LOOKS
from tests.web.team.people import Team
from tests.web.test_rights_of_routes import routes, things

# What a GET answers with something else than a page of its own, and why.
NO_PAGES = {
    "/app/audit.csv": "a file", "/app/audit.jsonl": "a file", "/app/billing/statement.csv": "a file",
    "/app/runs.csv": "a file", "/app/usage.csv": "a file", "/app/runs/<handle>.csv": "a file",
    "/app/runs/<handle>.json": "a file", "/app/runs/<handle>.md": "a file",
    "/app/settings/organization/exports/<export_id>": "a file",
    "/app/billing/simulated": "leads to the provider's own page",
    "/app/keys/<key_id>/first": "a part of the key's page",
    "/app/runs/live": "a part of the list", "/app/set-up": "a part of the overview",
    "/app/pay/<purchase_id>": "leads on to the payment",
    "/app/billing/return": "leads to billing without a purchase",
    "/app/billing/cancel": "leads to billing where no plan is",
    "/app/billing/plan": "leads to billing where no plan is",
    "/app/billing/invoices/open": "leads to the invoice that is to be paid",
    "/app/settings/codes": "leads to the authenticator while there is none",
}  # fmt: skip

ASKED = {"/app/settings/organization/retention": "?days=30"}  # without which it leads elsewhere


class Here(Team):
    """An organization whose people look at the site's own address."""

    def browser(self, *args, **more):
        visitor = super().browser(*args, **more)
        visitor.base = self.polis.base
        return visitor


def enter(page, site):
    """Sign in whoever has one of everything, and give the address of each rule that is a page."""
    there = Here(site)
    facts = things(there)
    page.context.add_cookies([
        {"name": "polis", "value": there.owner.cookie("polis"), "url": site.base}
    ])  # fmt: skip
    return {
        route.rule: route.path(facts) + ASKED.get(route.rule, "")
        for route in routes(site)
        if route.method == "GET" and route.rule not in NO_PAGES
    }


@pytest.mark.parametrize("page", [LOOKS[0], LOOKS[-1]], indirect=True)
def test_r18_every_rule_of_the_map_is_a_page_without_fault_or_is_known_to_be_none(
    page, site, measured
):
    found, visited = {}, set()
    for rule, path in enter(page, site).items():
        answer = page.goto(path)
        if answer.request.redirected_from is None and "html" in answer.headers["content-type"]:
            visited.add(rule)
            if told := faults(page) + faults_in_the_other_light(page):
                found[rule] = told
    asked = {each.rule for each in routes(site) if each.method == "GET"}
    assert asked - visited - NO_PAGES.keys() == set()
    assert NO_PAGES.keys() - asked == set()
    measured("R18", "pages looked at", len(visited))
    measured("R18", "violations", sum(map(len, found.values())))
    assert found == {}
