"""Every command there is stands in the table of the page on self-hosting, with options it has."""

import re

import click
import pytest

from app.cli import polis
from app.docs.published import published
from tests.factories import settings_for


def commands(group, before="polis"):
    """Every command that does something, under its whole name."""
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from commands(each, f"{before} {name}")
        else:
            yield f"{before} {name}", each


COMMANDS = dict(commands(polis))


@pytest.fixture
def rows(tmp_path):
    docs = published(settings_for("", tmp_path))
    table = docs.text(docs.page("self-hosting")).partition("## Commands")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(polis [^`]+)` \| (.+) \|$", table, re.MULTILINE)


def test_the_table_of_commands_has_each_of_them_once(rows):
    named = [next(c for c in COMMANDS if f"{usage} ".startswith(f"{c} ")) for usage, _ in rows]
    assert sorted(named) == sorted(COMMANDS)


def test_the_table_names_options_the_commands_have_and_all_that_are_required(rows):
    for usage, does in rows:
        name = next(c for c in COMMANDS if f"{usage} ".startswith(f"{c} "))
        options = [each for each in COMMANDS[name].params if isinstance(each, click.Option)]
        there = {opt for each in options for opt in each.opts}
        needed = {each.opts[0] for each in options if each.required}
        told = set(re.findall(r"--[a-z-]+", f"{usage} {does}"))
        assert told <= there, name
        assert needed <= told, name
        bare = set(re.sub(r"--[a-z-]+ \S+", "", usage).split()) - set(name.split()) - there
        arguments = [each for each in COMMANDS[name].params if isinstance(each, click.Argument)]
        assert bare == {each.human_readable_name.upper() for each in arguments}, name
