"""Texts of others are text wherever they stand: nothing runs, nothing asks, nothing complains (S28)."""

from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select, update

from app.domain import keys, shares
from app.domain.runs.ask import Question
from app.domain.shares import making
from app.kit import clock, ids
from app.models.accounts import Membership, User
from app.models.audiences import SavedAudience
from app.models.runs import Run, StoredReaction
from app.models.threads import StoredAnswer, Turn
from app.models.webhooks import WebhookEndpoint
from tests import oauth
from tests.browser.test_connecting import _link, _signed_in
from tests.factories import caller, member
from tests.hostile import ALL, PAYLOADS
from tests.starting import put
from tests.tools.installation import HELLO

NAMES = [each[:80] for each in PAYLOADS]
ASKED = "What would change your mind?"


@pytest.fixture
def world(page, site):
    """An organization all of whose names and texts are hostile, and the pages that show them."""
    who = member(site.services, verified=True, tokens=50_000)
    _signed_in(site, page, who)
    agent = site.as_(who)
    run = agent.call("polis_test", **HELLO | {"content": ALL, "audience": NAMES[0]})["run_id"]
    site.work_off()
    asked = caller(site.services, who)
    thread = put(site.services, asked, Question(run, "panel", None, ASKED)).thread_id
    site.work_off()
    pair = site.complete_comparison(agent)
    with site.services.transaction() as session:
        _runs(session, run)
        session.execute(
            update(Run).where(Run.comparison_id == pair["compare_id"]).values(content=ALL)
        )
        session.execute(
            update(Turn).where(Turn.thread_id == thread).values(question=ALL, summary=ALL)
        )
        session.execute(
            update(StoredAnswer).where(StoredAnswer.thread_id == thread).values(answer=ALL)
        )
        person = oauth.signed_in(who, clock.now())
        shared = making.create(
            session, person, who.organization_id, run, str(shares.DAYS[0]), clock.now()
        )
        endpoint = _things(session, who)
    client = [_app(site, who, name) for name in NAMES][-1]
    return {
        "run": run, "thread": thread, "pair": pair["compare_id"], "shared": shared, "endpoint": endpoint,
        "consents": [_link(client.client_id, oauth.REDIRECT)] + [
            _link(oauth.client(site.services, name=name).client_id, oauth.REDIRECT) for name in NAMES[:3]
        ],
    }  # fmt: skip


def _runs(session, run):
    """One run more for each name, and answers that hold all there is."""
    first = session.get_one(Run, run)
    facts = {column.key: getattr(first, column.key) for column in Run.__table__.columns}
    for name in NAMES:
        session.add(Run(**facts | {"id": ids.new("run"), "label": name, "content": name}))
    first.label = NAMES[12]
    for seat in session.scalars(select(StoredReaction).where(StoredReaction.run_id == run)):
        told = ("reaction", "quote", "why", "friction", "liked")
        seat.body = {
            k: ALL if k in told and isinstance(v, str) else v for k, v in seat.body.items()
        }
        seat.persona = seat.persona | {"name": NAMES[seat.seat]}
    report = first.synthesis["report"]
    for kind, field in (("segments", "name"), ("segments", "summary"), ("topFriction", "point")):
        for each, name in zip(report[kind], PAYLOADS, strict=False):
            each[field] = name
    report["rewrite"] = {"body": ALL, "rationale": ALL}
    first.synthesis = first.synthesis | {"report": report, "members": dict(zip(
        [each["name"] for each in report["segments"]], first.synthesis["members"].values(), strict=True,
    ))}  # fmt: skip


def _things(session, who):
    """People, keys, audiences and webhooks; the log tells of the keys."""
    now, whose = clock.now(), who.organization_id
    session.get_one(User, who.user_id).name = NAMES[0]
    for number, name in enumerate(NAMES):
        email = f"{ids.new('p')}@example.com"
        user = User(id=ids.new("usr"), email=email, trial_address=email, name=name, created_at=now)
        session.add(user)
        session.flush()
        session.add(
            Membership(organization_id=whose, user_id=user.id, role="member", created_at=now)
        )
        keys.create(session, whose, user_id=who.user_id, name=name, now=now)
        session.add(SavedAudience(
            id=ids.new("aud"), organization_id=whose, user_id=who.user_id,
            name=name, text=ALL[: 500 + number], created_at=now, changed_at=now,
        ))  # fmt: skip
        endpoint = WebhookEndpoint(
            id=ids.new("whe"), organization_id=whose, description=name, created_at=now, secret=b"x" * 32,
            url=f"https://a.example/?{quote(name)}", events="run.completed", last_four="abcd",
        )  # fmt: skip
        session.add(endpoint)
    return endpoint.id


def _app(site, who, name):
    client = oauth.client(site.services, name=name)
    oauth.approved(site.services, who, client)
    return client


def _followed(page, path):
    """A page and those behind it."""
    while path:
        yield path
        further = page.locator('a[rel="next"]')
        path = further.first.get_attribute("href") if further.count() else ""


def test_s28_hostile_texts_are_text_on_every_page(page, world, measured):
    assert len(PAYLOADS) >= 60
    dialogs, seen = [], {}
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script("window.hit = 0")
    lists = ["/app/runs", "/app/keys", "/app/apps", "/app/audit", "/app/team"]
    found = [f"/app/search?{urlencode({'q': q})}" for q in ("<script", '"', NAMES[0])]
    single = [
        "/app/", f"/app/runs/{world['run']}", f"/app/runs/{world['thread']}", f"/app/runs/{world['pair']}",
        f"/app/runs/{world['run']}/delete", "/app/shares", f"/s/{world['shared']}", "/app/usage",
        f"/app/compare?run={world['run']}", "/app/audiences", "/app/webhooks", "/app/new", "/app/settings",
        f"/app/webhooks/{world['endpoint']}", "/app/billing/statement", *found, *world["consents"],
    ]  # fmt: skip
    for path in [*lists, *single]:
        for each in _followed(page, path) if path in lists else [path]:
            answer = page.goto(each)
            assert answer.status == 200, each
            seen[each] = page.evaluate("window.hit")
    page.goto("/app/")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("<script")
    page.locator("#palette-list [role=option]", has_text="<script").first.wait_for()
    assert page.evaluate("window.hit") == 0
    measured("S28", "scripts that ran", sum(map(bool, seen.values())) + len(dialogs))
    assert dialogs == []
    assert {path: hit for path, hit in seen.items() if hit} == {}
    _really_there(page, world)


def _really_there(page, world):
    for path, names in (("/app/keys", NAMES[-9:]), (f"/app/runs/{world['thread']}", NAMES[:9])):
        page.goto(path)
        told = page.locator("main").inner_text()
        for name in [each for each in names if each.isascii() and each.isprintable()]:
            assert " ".join(name.split()) in " ".join(told.split()), (path, name)
