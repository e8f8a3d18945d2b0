"""What is counted: by several processes at once, kept when one dies, told as Prometheus reads it."""

import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs

from app.kit import exposition, meters
from app.kit.machine import FOLDER, Machine
from app.kit.tally import WORDS, Tally
from tests.together import together

COUNTS = """
import sys
from pathlib import Path
from app.kit import meters
meters.join(Path(sys.argv[1]), sys.argv[2])
for _ in range(int(sys.argv[3])):
    meters.TOOL_CALLS.add("polis_test", "ok")
    meters.HTTP.observe(0.02, "/mcp", "POST", "2xx")
print("counted", flush=True)
sys.stdin.read()
"""
CALLS = ("polis_tool_calls_total", "polis_test", "ok")


@contextmanager
def process(folder, kind="web", count=10):
    """A process that has counted, and lives until the block ends."""
    command = [sys.executable, "-c", COUNTS, str(folder), kind, str(count)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout.readline() == "counted\n"
        yield started


def test_what_several_processes_count_is_added_up(tmp_path):
    with process(tmp_path), process(tmp_path, "worker", 5):
        sums, living = Machine(tmp_path).sums()
    assert sums[CALLS] == [15.0]
    assert living == {"web": 1, "worker": 1}


def test_a_killed_process_leaves_what_it_counted_and_is_no_longer_listed(tmp_path):
    with process(tmp_path):
        with process(tmp_path, "worker", 7) as dying:
            dying.send_signal(signal.SIGKILL)
            dying.wait()
        for _ in range(2):  # however often it is asked
            sums, living = Machine(tmp_path).sums()
            assert sums[CALLS] == [17.0]
            assert living == {"web": 1}


def test_the_first_process_after_all_have_gone_begins_at_nothing(tmp_path):
    with process(tmp_path, count=10):
        pass
    with process(tmp_path, count=1):
        sums, _ = Machine(tmp_path).sums()
    assert sums[CALLS] == [1.0]


def test_one_of_several_that_is_replaced_takes_nothing_away(tmp_path):
    with process(tmp_path, count=3):
        with process(tmp_path, "worker", 4):
            pass
        with process(tmp_path, "worker", 5):
            sums, living = Machine(tmp_path).sums()
    assert sums[CALLS] == [12.0]
    assert living == {"web": 1, "worker": 1}


def test_a_file_that_was_never_finished_counts_nothing(tmp_path):
    with process(tmp_path):
        (tmp_path / FOLDER / "web-halfway").write_bytes(b"\0" * 100)
        sums, _ = Machine(tmp_path).sums()
    assert sums[CALLS] == [10.0]


def test_threads_lose_no_count():
    tally = Tally()
    together(8, lambda _: [tally.add(("n",), 1, (0, 1.0)) for _ in range(2000)])
    assert dict(tally.read()) == {("n",): [16_000.0]}


def test_more_series_than_there_is_room_for_are_left_out_and_harm_nobody():
    tally = Tally()
    with capture_logs() as lines:
        for number in range(WORDS // 4):
            tally.add((f"series {number}",), 1, (0, 1.0))
    tally.add(("series 0",), 1, (0, 1.0))
    found = dict(tally.read())
    assert found["series 0",] == [2.0]
    assert 10_000 < len(found) < WORDS // 4
    assert [line["event"] for line in lines] == ["metrics.full"]


def test_where_nothing_can_be_written_a_process_counts_for_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(meters._Kept, "tally", meters.own())
    (tmp_path / FOLDER).write_text("in the way")
    with capture_logs() as lines:
        meters.join(tmp_path, "web")
    assert [line["event"] for line in lines] == ["metrics.not_shared"]
    meters.TOOL_CALLS.add("polis_test", "alone")
    assert dict(meters.own().read())["polis_tool_calls_total", "polis_test", "alone"] == [1.0]


def test_files_are_their_owners_alone(tmp_path):
    with process(tmp_path):
        modes = {path.stat().st_mode & 0o077 for path in (tmp_path / FOLDER).iterdir()}
        assert (tmp_path / FOLDER).stat().st_mode & 0o077 == 0
    assert modes == {0}


def test_a_histogram_is_told_in_rising_buckets_that_end_with_its_count():
    numbers = {("polis_http_request_seconds", "/mcp", "GET", "2xx"): [1.0] * 11 + [2.5]}
    lines = exposition.text(numbers).splitlines()
    mine = [line.split("} ") for line in lines if line.startswith("polis_http_request_seconds")]
    assert [float(value) for _, value in mine] == [*map(float, range(1, 12)), 2.5, 11.0]
    assert 'route="/mcp",method="GET",status="2xx",le="+Inf"' in mine[10][0]


@pytest.mark.parametrize(
    ("written", "told"), [('a"b', r"a\"b"), ("a\\b", r"a\\b"), ("a\nb", r"a\nb")]
)
def test_a_label_cannot_end_its_line(written, told):
    text = exposition.text({("polis_refusals_total", written): [1.0]})
    assert f'polis_refusals_total{{code="{told}"}} 1\n' in text


def test_every_meter_says_what_it_is_and_no_label_is_an_id():
    text = exposition.text({})
    assert all(f"# HELP {meter.name} {meter.says}" in text for meter in meters.METERS)
    labels = {label for meter in meters.METERS for label in meter.labels}
    assert [label for label in labels if label.endswith("id") or "email" in label] == []
