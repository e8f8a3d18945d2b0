"""Webhooks in the browser: who may, which addresses, the secret shown once."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.kept_bytes import bytes_of
from tests.tools.installation import running
from tests.web.account.counted import counting
from tests.web.apps.people import acts, colleague, stale
from tests.web.oauth.visitor import Visitor, visitor
from tests.web.webhooks.desk import LIST, deliveries, endpoint, made, make, rolled, send
from tests.web.webhooks.receiver import URL


def test_a_webhook_is_made_listed_and_told_something_to_try_it(hooked, kim, receiver):
    assert "Nobody is told of anything yet." in kim.get(LIST).text
    hook = made(kim)
    listed = kim.get(LIST).text
    assert URL in listed
    assert "Notifier" in listed
    answer = send(kim, f"{hook.path}/test")
    (line,) = deliveries(hooked.services, hook)
    assert answer.headers["Location"] == f"{hook.path}/deliveries/{line.id}"
    assert "A worker is about to send it." in kim.get(answer.headers["Location"]).text
    hooked.work_off()
    page = kim.get(answer.headers["Location"], **{"HX-Request": "true"}).text
    assert "Delivered" in page
    assert "<html" not in page
    assert receiver.bodies[0]["type"] == "webhook.test"


def test_a_secret_is_shown_once_and_stands_nowhere_in_clear(hooked, kim, capsys):
    hook = made(kim)
    second = rolled(kim, hook)
    for page in (LIST, hook.path, f"{hook.path}/secret", f"{hook.path}/delete"):
        for secret in (hook.secret, second):
            assert secret not in kim.get(page).text
    assert f"whsec_…{second[-4:]}" in kim.get(hook.path).text
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    said, everything = capsys.readouterr(), bytes_of(hooked.services)
    for secret in (hook.secret, second):
        body = secret.removeprefix("whsec_")
        assert body not in said.out + said.err
        assert body.encode() not in everything
    assert second[-4:].encode() in everything, "what is shown of it is kept"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "", "Give the address we send to."),
        ("url", "http://[x/", "This is not an address."),
        ("url", "ftp://hooks.example/", "Only http and https addresses are fetched."),
        ("url", "http://hooks.example:22/", "Only the ports 80 and 443 are fetched."),
        ("url", "http://me:pw@hooks.example/", "user name or password"),
        ("url", "http://inward.example/", "This address is not public."),
        ("url", "http://both.example/", "This address is not public."),
        ("url", "http://127.0.0.1/", "This address is not public."),
        ("url", "http://169.254.169.254/latest", "This address is not public."),
        ("events", [], "Choose at least one event."),
        ("events", ["run.started"], "Choose at least one event."),
        ("description", "x" * 121, "at most 120 characters"),
    ],
)
def test_what_will_not_do_is_told_beside_its_field(hooked, kim, field, value, sentence):
    page = make(kim, **{field: value})
    assert page.status_code == 422
    assert page.text.count(sentence) == 2
    assert f'href="#{field}"' in page.text
    assert "Nobody is told of anything yet." in kim.get(LIST).text


def test_a_name_that_turns_inward_later_is_refused_when_it_is_dialled(hooked, kim, receiver):
    hook = made(kim)
    with hooked.services.transaction() as session:
        row = session.get_one(type(endpoint(hooked.services, hook)), hook.id)
        row.url = "http://inward.example/"
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    assert receiver.requests == []
    assert "This address is not public." in kim.get(hook.path).text


def test_outside_development_an_endpoint_is_https(hooked):
    settings = hooked.services.settings.model_copy(update={"env": "production"})
    with running(replace(hooked.services, settings=settings)) as strict:
        owner = visitor(strict)
        page = make(owner)
        assert page.status_code == 422
        assert "An endpoint begins with https://." in page.text
        assert hint(owner) == "Where we send to: https://, a public address, port 443 or 80."
        for port in (443, 80):
            assert make(owner, url=f"https://hooks.example:{port}/").status_code == 201


def test_the_hint_says_which_addresses_are_taken(kim):
    told = (
        "Where we send to: https:// or, in development, http://, a public address, port 443 or 80."
    )
    assert hint(kim) == told
    assert make(kim, url="http://hooks.example:443/").status_code == 201


def hint(browser):
    return re.search(r'id="url-h">([^<]+)<', browser.get(LIST).text)[1]


def test_an_organization_has_ten_at_most(hooked, kim):
    for _ in range(10):
        made(kim)
    page = make(kim)
    assert page.status_code == 409
    assert "at most 10 webhooks" in page.text
    with counting(hooked.services.database) as work:
        assert 'action="/app/webhooks"' not in kim.get(LIST).text
    assert len(work.statements) <= 12


def test_a_webhook_is_changed_switched_and_deleted(hooked, kim):
    hook = made(kim)
    form = {"url": URL + "/v2", "events": ["run.failed"], "description": "Other"}
    assert send(kim, hook.path, **form).headers["Location"] == f"{hook.path}?saved"
    row = endpoint(hooked.services, hook)
    assert (row.url, row.events, row.description) == (URL + "/v2", "run.failed", "Other")
    assert send(kim, hook.path, do="off").headers["Location"] == f"{hook.path}?off"
    assert send(kim, f"{hook.path}/test").status_code == 409
    assert send(kim, hook.path, do="on").headers["Location"] == f"{hook.path}?on"
    assert send(kim, f"{hook.path}/delete").headers["Location"] == f"{LIST}?deleted"
    assert kim.get(hook.path).status_code == 404
    assert [each.action for each in acts(hooked.services, hook.id)] == [
        "webhook.created", "webhook.changed", "webhook.disabled", "webhook.enabled", "webhook.deleted",
    ]  # fmt: skip


def test_a_secret_and_another_address_take_a_fresh_sign_in(hooked, kim):
    hook = made(kim)
    stale(kim)
    assert "/login" in make(kim).headers["Location"]
    assert "/login" in send(kim, f"{hook.path}/secret").headers["Location"]
    other = {"url": URL + "/v2", "events": ["run.failed"], "description": ""}
    assert "/login" in send(kim, hook.path, **other).headers["Location"]
    assert endpoint(hooked.services, hook).url == URL
    assert send(kim, hook.path, **(other | {"url": URL})).status_code == 303


def test_an_address_on_its_way_through_a_sign_in_is_sealed_and_stands_in_the_form_after_it(
    hooked, kim
):
    stale(kim)
    away = make(kim, description="Chat", events=["run.failed"]).headers["Location"]
    assert URL not in unquote(unquote(away))
    back = parse_qs(urlsplit(away).query)["next"][0]
    page = kim.get(back).text
    assert f'value="{URL}"' in page
    assert 'value="Chat"' in page
    altered = kim.get(re.sub(r"url=\w", "url=0", back)).text
    assert f'value="{URL}"' not in altered
    assert 'value="Chat"' in altered


@pytest.mark.parametrize(("role", "may"), [("member", False), ("admin", True), ("owner", True)])
def test_webhooks_are_for_admins_and_owners(hooked, kim, role, may):
    hook = made(kim)
    other = colleague(hooked, kim, role, verified=True)
    assert other.get(LIST).status_code == (200 if may else 403)
    assert other.get(hook.path).status_code == (200 if may else 403)
    assert send(other, f"{hook.path}/test", page="/app/apps").status_code == (303 if may else 403)


def test_what_is_of_another_organization_is_not_there(hooked, kim):
    hook, stranger = made(kim), visitor(hooked)
    send(kim, f"{hook.path}/test")
    (line,) = deliveries(hooked.services, hook)
    delivery = f"{hook.path}/deliveries/{line.id}"
    for path in (hook.path, f"{hook.path}/secret", f"{hook.path}/delete", delivery):
        assert stranger.get(path).status_code == 404
    for path in (hook.path, f"{hook.path}/test", f"{hook.path}/secret", f"{hook.path}/delete", f"{delivery}/resend"):  # fmt: skip
        assert send(stranger, path, do="off").status_code == 404
    own = made(stranger)
    assert send(stranger, f"{own.path}/deliveries/{line.id}/resend").status_code == 404
    assert stranger.get(f"{own.path}/deliveries/{line.id}").status_code == 404
    assert endpoint(hooked.services, hook).disabled_at is None


def test_a_forged_form_does_nothing(hooked, kim):
    hook = made(kim)
    for path in (LIST, hook.path, f"{hook.path}/test", f"{hook.path}/delete"):
        assert kim.post(path, {"do": "off", "url": URL, "events": "run.failed"}).status_code == 400
    assert endpoint(hooked.services, hook).disabled_at is None


def test_whoever_has_not_proved_their_address_makes_none(hooked):
    kim = visitor(hooked, verified=False)
    assert "Prove your e-mail address first." in kim.get(LIST).text
    assert make(kim).status_code == 403


def test_a_stranger_signs_in_first(hooked):
    assert "/login" in Visitor(hooked, None).get(LIST).headers["Location"]


def test_a_long_log_is_paged_and_takes_no_more_queries(hooked, kim):
    hook = made(kim)
    for _ in range(27):
        send(kim, f"{hook.path}/test")
    with counting(hooked.services.database) as work:
        page = kim.get(hook.path).text
    assert len(work.statements) <= 12
    assert page.count(">webhook.test<") == 25
    older = page.partition("?before=")[2].partition('"')[0]
    assert kim.get(f"{hook.path}?before={older}").text.count(">webhook.test<") == 2
    assert "Nothing is failed." in kim.get(f"{hook.path}?status=failed").text
