"""When keys were last used is written by every process at once, many keys at a time."""

from sqlalchemy import select

from app.domain import key_use, keys
from app.domain.key_use import Called, Use
from app.kit import clock, ids
from app.models.calls import ApiCall
from tests.factories import member
from tests.rounds import rounds
from tests.together import codes, together


def test_processes_that_saw_the_same_keys_in_another_order_do_not_block_each_other(services):
    people = [member(services) for _ in range(20)]
    seen = [person.key_id for person in people]

    def write(number):
        uses = {key: Use(clock.now(), "127.0.0.1", 1) for key in seen[:: (-1) ** number]}
        with services.transaction() as session:
            key_use.note(session, uses)

    for _ in range(rounds(40)):
        assert codes(together(4, write)) == {"ok": 4}
    with services.database.reading() as session:
        counted = [keys.find(session, p.organization_id, p.key_id).requests for p in people]
    assert counted == [4 * rounds(40)] * len(people)


def test_what_a_key_called_that_is_gone_is_forgotten_and_the_rest_is_kept(services):
    there, now = member(services).key_id, clock.now()
    gone = ids.new("key")
    call = Called("polis_account", None, "req_1", now)
    with services.transaction() as session:
        key_use.note_calls(session, {gone: [call], there: [call, call]})
    with services.database.reading() as session:
        assert list(session.scalars(select(ApiCall.key_id))) == [there] * 2
