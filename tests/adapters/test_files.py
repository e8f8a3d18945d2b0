"""Files of our own: nobody else reads them, nobody meets a half of one, a secret is made once."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest

from app import bootstrap
from app.adapters import files
from app.settings import BadSettings
from tests.factories import settings_for

AT_ONCE, ROUNDS = 8, 10
LONG = 1_000_000


def secrets_of(folder, together):
    """What an installation without a secret of its own signs with."""
    settings = settings_for(f"sqlite:///{folder / 'polis.db'}", folder, secret_key=())
    together.wait()
    its = bootstrap.build(settings)
    its.database.dispose()
    return its.links.keys


def test_development_processes_that_start_at_once_sign_with_one_secret(tmp_path):
    together = threading.Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            folder = tmp_path / str(number)
            asked = [pool.submit(secrets_of, folder, together) for _ in range(AT_ONCE)]
            used = {each.result() for each in asked}
            kept = (folder / "secret_key").read_text()
            assert used == {(kept,)}
            assert len(kept) >= 48


def test_a_secret_file_with_nothing_in_it_is_refused(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(BadSettings, match="is empty"):
        files.local_secret(tmp_path)


def test_who_reads_a_file_while_it_is_written_anew_finds_it_whole(tmp_path):
    path, texts = tmp_path / "instance" / "demo.json", ("a" * LONG, "b" * LONG)
    files.write_private(path, texts[0])
    written = threading.Event()

    def write():
        for text in islice(cycle(texts), 100):
            files.write_private(path, text)
        written.set()

    read = set()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not written.is_set() and not writing.done():
            read.add(path.read_text())
        writing.result()
    assert read <= set(texts)
    assert [each.name for each in path.parent.iterdir()] == ["demo.json"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_names_the_setting_to_change(tmp_path):
    (tmp_path / "demo.json").mkdir()
    with pytest.raises(BadSettings, match="POLIS_INSTANCE_DIR"):
        files.write_private(tmp_path / "demo.json", "text")
    assert [each.name for each in tmp_path.iterdir()] == ["demo.json"]


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
    files.private(ours)
    modes = [
        stat.S_IMODE(each.stat().st_mode) for each in (ours, ours / "metrics", ours / "secret_key")
    ]
    assert modes == [0o700, 0o700, 0o600]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644
