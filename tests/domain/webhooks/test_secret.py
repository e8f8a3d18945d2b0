"""Secrets of webhooks are sealed under the first of our own, also after that was rolled."""

import hmac
from dataclasses import replace

import pytest
from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import select, update

from app.domain import sealed
from app.domain.sealed import Lost
from app.domain.webhooks import secret
from app.models.webhooks import WebhookEndpoint
from tests.domain.webhooks import hooks
from tests.factories import member

OLD, NEW = "the secret of yesterday, long enough", "the secret of tomorrow, long enough"


def under(services, *keys):
    """The same installation with other secrets of its own."""
    return replace(services, links=type(services.links)(services.links.base_url, keys))


def anew(services, *keys, most=sealed.ANEW):
    with services.transaction() as session:
        return secret.seal_anew(session, keys, most)


@pytest.fixture
def hook(services):
    return hooks.kept(under(services, OLD), member(services))


def test_both_secrets_of_a_webhook_outlive_a_roll_of_ours(services, hook):
    assert anew(services, NEW, OLD) == 2
    assert anew(services, NEW, OLD) == 0
    assert hooks.opened(under(services, NEW), hook.id) == hook.plain


def test_what_none_of_our_keys_opens_is_left_for_the_day_its_key_is_back(services, hook):
    assert anew(services, NEW) == 0
    with pytest.raises(Lost):
        hooks.opened(under(services, NEW), hook.id)
    assert hooks.opened(under(services, NEW, OLD), hook.id) == hook.plain


def test_one_that_was_sealed_before_seals_named_their_key_is_sealed_anew(services, hook):
    key = OctKey.import_key(hmac.digest(OLD.encode(), b"webhook secrets", "sha256"))
    before = jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, hook.plain[0].encode(), key)
    with services.transaction() as session:
        mine = update(WebhookEndpoint).where(WebhookEndpoint.id == hook.id)
        session.execute(mine.values(secret=before.encode(), former_secret=None))
    assert anew(services, NEW, OLD) == 1
    with services.database.reading() as session:
        found = select(WebhookEndpoint.secret).where(WebhookEndpoint.id == hook.id)
        assert secret.opened(session.scalar(found), (NEW,)) == hook.plain[0]


def test_one_pass_seals_no_more_than_it_may_and_the_next_goes_on(services, hook):
    other = hooks.kept(under(services, OLD), member(services))
    assert [anew(services, NEW, OLD, most=1) for _ in range(3)] == [2, 2, 0]
    for each in (hook, other):
        assert hooks.opened(under(services, NEW), each.id) == each.plain


def test_secrets_no_key_opens_do_not_keep_a_pass_from_the_others(services, hook):
    for _ in range(3):
        hooks.kept(under(services, "a secret that is gone for good"), member(services))
    assert sum(anew(services, NEW, OLD, most=1) for _ in range(100)) == 2
    assert hooks.opened(under(services, NEW), hook.id) == hook.plain


def test_a_seal_begins_with_the_name_of_its_key_and_of_no_other():
    for key in (OLD, NEW):
        made = sealed.seal(b"x", "a purpose", (key,))
        assert [each for each in (OLD, NEW) if made.startswith(sealed.beginning(each))] == [key]
