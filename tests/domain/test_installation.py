import pytest

from app import bootstrap, demo_data
from app.domain import accounts, installation
from app.domain.installation import OtherPaymentMode
from app.kit import clock
from app.settings import BadSettings
from tests.factories import settings_for
from tests.together import codes, together


def start(database_url, folder, billing, **more):
    services = bootstrap.build(settings_for(database_url, folder, billing=billing, **more))
    try:
        bootstrap.check(services)
    finally:
        services.database.dispose()


def test_the_first_start_writes_the_payment_mode_down_and_the_same_may_start_again(
    database_url, tmp_path
):
    for _ in range(2):
        start(database_url, tmp_path, "simulated")


def test_a_start_with_another_payment_mode_stops_and_names_the_way_out(database_url, tmp_path):
    start(database_url, tmp_path, "simulated")
    with pytest.raises(OtherPaymentMode) as refused:
        start(database_url, tmp_path, "off")
    assert "simulated" in refused.value.message
    assert refused.value.hint == "Run: polis migrate-billing --from simulated --to off"
    start(database_url, tmp_path, "simulated")


def test_production_does_not_start_on_the_data_of_a_demo(database_url, tmp_path):
    made = bootstrap.build(settings_for(database_url, tmp_path, billing="off"))
    demo_data.ensure(made)
    made.database.dispose()
    start(database_url, tmp_path, "off")
    with pytest.raises(BadSettings, match=r"demo organization.* set POLIS_DATABASE_URL"):
        start(database_url, tmp_path, "off", env="production")


def test_production_starts_though_somebody_signed_up_with_an_address_like_the_demos(
    database_url, tmp_path
):
    made = bootstrap.build(settings_for(database_url, tmp_path, billing="off"))
    with made.transaction() as session:
        accounts.create(
            session, f"a@{installation.DEMO_HOST}", password_digest="d", mode="off", now=clock.now()
        )
    made.database.dispose()
    start(database_url, tmp_path, "off", env="production")


def test_production_starts_where_no_demo_ever_was(database_url, tmp_path):
    start(database_url, tmp_path, "off", env="production")


def test_of_processes_that_start_first_at_once_one_mode_wins(database):
    def settle(number):
        with database.transaction() as session:
            installation.settle_mode(session, ("stripe_live", "stripe_test")[number % 2])

    with database.transaction() as session:
        session.execute(installation.InstallationFact.__table__.delete())
    assert codes(together(8, settle)) == {"ok": 4, "conflict": 4}


def test_an_installation_keeps_its_name(database):
    names = set()
    for _ in range(2):
        with database.transaction() as session:
            names.add(installation.name(session))
    assert len(names) == 1
