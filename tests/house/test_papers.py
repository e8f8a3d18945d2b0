"""Locks, decisions, README and changelog keep the form they are read in."""

import re

import pytest

import app
from tests.house.source import APP, ROOT

LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "tests/clients/package-lock.json"]
DECISIONS = sorted((ROOT / "decisions").glob("*.md"))
PARTS = ["Context", "Decision", "Price", "Turned down"]

each_decision = pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem[:4])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_place_to_fetch_from(lock):
    text = lock.read_text(encoding="utf-8")
    assert [mark for mark in ("://", "/opt") if mark in text] == []


@pytest.mark.parametrize("lock", LOCKS[:-1], ids=lambda lock: lock.name)
def test_every_package_in_a_lock_has_its_hash(lock):
    pinned = re.findall(r"^\S+==\S+ (\\)?$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    assert pinned
    assert set(pinned) == {"\\"}


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@each_decision
def test_a_decision_is_one_page_in_four_parts(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS


def test_every_decision_the_code_points_to_is_there():
    files = [*APP.rglob("*.py"), ROOT / "gunicorn.conf.py"]
    named = {n for f in files for n in re.findall(r"decisions/(\d{4})", f.read_text("utf-8"))}
    assert named
    assert named <= {page.name[:4] for page in DECISIONS}


def test_the_readme_is_short_and_shows_every_folder_of_the_code():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in APP.glob("*/__init__.py")}
    assert len(text.splitlines()) <= 80
    assert {folder for folder in folders if f"{folder}/" not in text} == set()


def test_the_product_says_the_newest_version_the_changelog_has_a_heading_for():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d\S*)", text, re.MULTILINE)[0] == app.__version__


def test_every_link_of_the_papers_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DECISIONS]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
