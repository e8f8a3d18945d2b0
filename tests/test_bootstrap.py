"""What the edges start from still works when a part of the outside is away."""

import stat

import pytest

from app import bootstrap
from app.domain.runs import find
from app.outbox import Parcel
from tests.factories import caller, member, settings_for
from tests.served import free_port
from tests.starting import begin


@pytest.fixture
def without_courier(database_url, tmp_path):
    """Services whose queue is kept by a Redis that is away."""
    away = f"redis://127.0.0.1:{free_port()}/0"
    built = bootstrap.build(settings_for(database_url, tmp_path, queue_url=away))
    bootstrap.check(built)
    yield built
    built.database.dispose()


def test_a_start_is_answered_though_the_courier_is_away(without_courier):
    who = caller(without_courier, member(without_courier, tokens=10))
    begun = begin(without_courier, who)
    with without_courier.database.reading() as session:
        assert find.run(session, who, begun.id).status == "pending"


def test_a_sweep_outlives_a_courier_that_is_away(without_courier):
    without_courier.send([Parcel("wrk_1")])


def test_what_others_could_read_in_our_folder_they_cannot_once_we_start(tmp_path):
    ours, elsewhere = tmp_path / "instance", tmp_path / "elsewhere"
    (ours / "metrics").mkdir(parents=True)
    elsewhere.write_text("")
    (ours / "secret_key").write_text("a secret")
    (ours / "link").symlink_to(elsewhere)
    for each, mode in (
        (ours, 0o755),
        (ours / "metrics", 0o755),
        (ours / "secret_key", 0o644),
        (elsewhere, 0o644),
    ):
        each.chmod(mode)
    bootstrap.private(ours)
    modes = [
        stat.S_IMODE(each.stat().st_mode) for each in (ours, ours / "metrics", ours / "secret_key")
    ]
    assert modes == [0o700, 0o700, 0o600]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644
