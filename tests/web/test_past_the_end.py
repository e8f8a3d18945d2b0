"""Behind the last page of a list it is said that nothing is older, and the way back stands there."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from app.models.clients import Client
from tests.tools.installation import polis, standing
from tests.web.team.conftest import team
from tests.web.team.people import Team
from tests.web.test_rights_of_routes import things

__all__ = ["polis", "standing", "team"]

_FAR = "0" * 26
LISTS = {  # where it begins, what is asked for behind its end, what then is said
    "keys": ("/app/keys", f"before=key_{_FAR}", "There are no older keys."),
    "ended keys": ("/app/keys?show=ended", f"before=key_{_FAR}", "There are no older keys."),
    "apps": ("/app/apps", "name=~~~&key=zzz", "There are no further apps."),
    "developer apps": ("/app/developer-apps", "before={oldest}", "There are no older apps."),
    "deliveries": (
        "/app/webhooks/{endpoint_id}#log", f"before=dlv_{_FAR}", "There are no older deliveries.",
    ),
    "failed deliveries": (
        "/app/webhooks/{endpoint_id}?status=failed#log", f"before=dlv_{_FAR}",
        "There are no older deliveries.",
    ),
    "links": ("/app/shares", f"before=shr_{_FAR}", "There are no older links."),
    "acts": ("/app/audit?", "before=0", "There are no older entries."),
    "acts of a kind": (
        "/app/audit?action=key.created", "before=0", "There are no older entries.",
    ),
    "members": ("/app/team", f"before=usr_{_FAR}", "There are no older members."),
}  # fmt: skip


@pytest.fixture
def whole(team):
    """An organization that has one of everything, and what its addresses name."""
    other = Team(team.polis)
    facts = things(other)
    with other.services.database.reading() as session:
        mine = select(Client.id).where(Client.organization_id == other.id)
        facts["oldest"] = session.scalars(mine.order_by(Client.created_at, Client.id)).first()
    return other.owner, facts


@pytest.mark.parametrize("name", LISTS)
def test_behind_its_end_a_list_names_the_way_back(whole, name):
    owner, facts = whole
    first, behind, said = (each.format(**facts) for each in LISTS[name])
    path = first.partition("#")[0]
    page = owner.open(f"{path}{'&' if '?' in path else '?'}{behind}").text
    empty = re.findall(r'<div class="empty">.*?</div>', page, re.DOTALL)
    (shown,) = [each for each in empty if said in each]
    assert unescape(re.search(r'href="([^"]+)"', shown)[1]) == first
    assert said not in owner.open(path).text


@pytest.mark.parametrize(
    "path",
    [
        "/app/audit?actor=%00", "/app/audit?action=a%00b", "/app/apps?name=%00&key=%00",
        "/app/apps/{organization_id}/{key}?after=%00", "/app/apps/{organization_id}/%00",
        "/app/team?before=%00", "/app/keys?before=%00", "/app/runs?q=%00&by=key:%00&older=%00",
        "/app/shares?before=%00", "/app/developer-apps?before=%00", "/app/search?q=%00",
        "/app/settings/security?before=%00", "/app/webhooks/{endpoint_id}?before=%00",
        "/app/usage?span=%00", "/app/billing/statement?month=%00&below=1.1.%00",
    ],
)  # fmt: skip
def test_a_letter_no_text_can_hold_is_only_not_found(whole, path):
    owner, facts = whole
    assert owner.open(path.format(**facts)).status_code in {200, 404}


def test_behind_the_last_connection_of_an_app_its_connections_begin_anew(whole):
    owner, facts = whole
    path = "/app/apps/{organization_id}/{key}".format(**facts)
    page = owner.open(f"{path}?after=grt_{'z' * 26}")
    assert page.status_code == 200
    assert f'href="/app/connections/{facts["grant_id"]}"' in page.text
