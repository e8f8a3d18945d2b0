"""A run gets a name, another wording before the same people, and an end."""

import pytest
from sqlalchemy import select

from app.domain.runs import keep
from app.domain.signed_in import SignedIn
from app.errors import NotFound
from app.kit import clock
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.billing import LedgerEntry
from app.models.runs import Run, StoredReaction
from app.models.threads import Thread
from tests.factories import member
from tests.together import together
from tests.tools.installation import HELLO
from tests.web.runs.conftest import reader_of, someone


def _row(polis, run_id):
    with polis.services.database.reading() as session:
        return session.get(Run, run_id)


def test_a_name_is_given_and_taken_back(polis, reader):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    reader.send(f"/app/runs/{run_id}/label", label=" Spring \u202e letter ")
    assert _row(polis, run_id).label == "Spring  letter"
    assert "<h1>Spring  letter</h1>" in reader.open(f"/app/runs/{run_id}").text
    reader.send(f"/app/runs/{run_id}/label", label="")
    assert "<h1>Hello, world</h1>" in reader.open(f"/app/runs/{run_id}").text


def test_a_name_that_is_too_long_comes_back(reader):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    answer = reader.send(f"/app/runs/{run_id}/label", label="x" * 81)
    assert answer.status_code == 422
    assert "x" * 81 in answer.text
    assert 'aria-describedby="label-e"' in answer.text


def test_a_comparison_gets_its_name_too(polis, reader):
    compare_id = polis.complete_comparison(reader.agent)["compare_id"]
    reader.open(f"/app/runs/{compare_id}")
    reader.send(f"/app/runs/{compare_id}/label", label="Two greetings")
    assert "<h1>Two greetings</h1>" in reader.open(f"/app/runs/{compare_id}").text


def test_a_rewrite_goes_before_the_same_people(polis, reader):
    run_id = reader.report(label="L" * 80, seed=7, detail="snapshot", persona_count=20)
    page = reader.open(f"/app/runs/{run_id}").text
    assert "20 tokens, " in page
    answer = reader.send(f"/app/runs/{run_id}/rewrite", content="Hello again")
    first, second = _row(polis, run_id), _row(polis, answer.location.rpartition("/")[2])
    assert second.content == "Hello again"
    for same in ("persona_count", "detail", "seed", "content_type", "book"):
        assert getattr(second, same) == getattr(first, same)
    assert second.audience == "readers"  # as the first one's was read from its text
    assert second.label.endswith(", rewritten")
    assert second.via == "session"


def test_an_empty_rewrite_is_refused_beside_its_field(polis, reader):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    with polis.unchanged():
        answer = reader.send(f"/app/runs/{run_id}/rewrite", content="  ")
    assert answer.status_code == 422
    assert 'id="wording-e"' in answer.text


def test_a_rewrite_nobody_can_pay_is_refused_in_a_sentence(polis):
    poor = someone(polis, tokens=0)
    run_id = poor.report(persona_count=180)
    poor.open(f"/app/runs/{run_id}")
    with polis.unchanged():
        answer = poor.send(f"/app/runs/{run_id}/rewrite", content="Hello again")
    assert answer.status_code == 402
    assert 'href="/app/billing"' in answer.text


def test_a_run_without_a_report_has_no_rewrite(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    reader.open(f"/app/runs/{run_id}")
    assert reader.send(f"/app/runs/{run_id}/rewrite", content="x").status_code == 409


def _left(polis, run_id):
    with polis.services.database.reading() as session:
        columns = (Run.id, StoredReaction.run_id, Thread.run_id)
        found = [session.scalar(select(one).where(one == run_id).limit(1)) for one in columns]
        return [each is not None for each in found]


def test_deleting_takes_text_and_reactions_and_leaves_the_books(polis, reader):
    run_id = reader.report()
    reader.agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    polis.work_off()
    reader.open(f"/app/runs/{run_id}")
    reader.send(f"/app/runs/{run_id}/shares", days="7")
    entries = select(LedgerEntry.id).where(
        LedgerEntry.organization_id == reader.who.organization_id
    )
    with polis.services.database.reading() as session:
        before = session.scalars(entries).all()
    page = reader.open(f"/app/runs/{run_id}/delete").text
    assert "What was paid for it, in the books" in page
    answer = reader.send(f"/app/runs/{run_id}/delete")
    assert answer.location == "/app/runs?deleted=1"
    assert "<b>Deleted.</b>" in reader.open(answer.location).text
    assert _left(polis, run_id) == [False, False, False]
    assert reader.open(f"/app/runs/{run_id}").status_code == 404
    assert reader.agent.refusal("polis_report", run_id=run_id)["code"] == "not_found"
    with polis.services.database.reading() as session:
        assert session.scalars(entries).all() == before
        acts = session.execute(
            select(AuditEvent.action, AuditEvent.actor)
            .where(AuditEvent.chain == reader.who.organization_id, AuditEvent.subject == run_id)
        ).all()  # fmt: skip
    assert acts == [("run.deleted", reader.who.user_id)]


def test_versions_of_a_comparison_go_together(polis, reader):
    begun = polis.complete_comparison(reader.agent)
    run_id = begun["runs"][1]["run_id"]
    assert "2 versions go together" in reader.open(f"/app/runs/{run_id}/delete").text
    reader.send(f"/app/runs/{run_id}/delete")
    for handle in (begun["compare_id"], *(one["run_id"] for one in begun["runs"])):
        assert reader.open(f"/app/runs/{handle}").status_code == 404


def test_what_still_runs_or_is_being_asked_is_not_deleted(polis, reader):
    done = reader.report()
    thread = reader.agent.call("polis_ask", run_id=done, target="panel", question="Why?")[
        "thread_id"
    ]
    running = reader.agent.call("polis_test", **HELLO)["run_id"]
    assert "Cancel it first" in reader.open(f"/app/runs/{running}/delete").text
    reader.open("/app/shares")
    reader.open(f"/app/runs/{done}")
    for run_id in (running, done):
        with polis.unchanged():
            assert reader.send(f"/app/runs/{run_id}/delete").status_code == 409
    reader.agent.call("polis_cancel", thread_id=thread)
    assert reader.send(f"/app/runs/{done}/delete").status_code == 303


def test_a_comparison_is_deleted_only_once_it_has_its_verdict(polis, reader):
    run_id = polis.variant_that_is_done(reader.agent)
    handles = (_row(polis, run_id).comparison_id, run_id)
    assert "Cancel it first" in reader.open(f"/app/runs/{handles[1]}/delete").text
    reader.open("/app/shares")
    for handle in handles:
        with polis.unchanged():
            assert reader.send(f"/app/runs/{handle}/delete").status_code == 409
    polis.work_off()
    assert reader.agent.call("polis_status", run_id=handles[0])["status"] == "complete"
    assert reader.agent.call("polis_account")["held_tokens"] == 0
    assert reader.send(f"/app/runs/{handles[0]}/delete").status_code == 303


def test_a_comparison_that_was_cancelled_can_be_deleted(polis, reader):
    begun = reader.agent.call(
        "polis_compare", content_type="text", persona_count=10,
        variants=[{"content": "Hello"}, {"content": "Good evening"}],
    )  # fmt: skip
    reader.agent.call("polis_cancel", run_id=begun["compare_id"])
    reader.open(f"/app/runs/{begun['compare_id']}/delete")
    assert reader.send(f"/app/runs/{begun['compare_id']}/delete").status_code == 303


def test_of_many_who_delete_a_comparison_at_once_one_does_and_the_others_find_none(polis, reader):
    its, compare_id = polis.services, polis.complete_comparison(reader.agent)["compare_id"]
    person = SignedIn("", reader.who.user_id, "", "", verified=True, authenticated_at=clock.now())

    def delete(_):
        try:
            with its.transaction() as session:
                keep.remove(session, person, reader.who.organization_id, compare_id, clock.now())
        except NotFound:
            return "gone"
        return "deleted"

    assert sorted(together(8, delete)) == ["deleted"] + ["gone"] * 7


@pytest.mark.parametrize(("role", "may"), [("member", False), ("admin", True), ("owner", True)])
def test_only_its_starter_or_an_admin_deletes_a_run(polis, reader, role, may):
    run_id = reader.report()
    colleague = member(polis.services, verified=True)
    polis.organizations.append(colleague.organization_id)
    with polis.services.transaction() as session:
        session.add(Membership(
            organization_id=reader.who.organization_id, user_id=colleague.user_id, role=role,
            created_at=clock.now(),
        ))  # fmt: skip
    other = reader_of(polis, colleague)
    other.open("/app/shares")
    other.send("/app/organization", organization=reader.who.organization_id)
    page = other.open(f"/app/runs/{run_id}")
    assert page.status_code == 200
    assert (f'href="/app/runs/{run_id}/delete"' in page.text) == may
    assert other.open(f"/app/runs/{run_id}/delete").status_code == (200 if may else 403)
    other.open(f"/app/runs/{run_id}")
    assert other.send(f"/app/runs/{run_id}/delete").status_code == (303 if may else 403)
