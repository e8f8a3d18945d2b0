"""What a command prints: sentences for people, or exactly one JSON object for programs."""

import json
import sys
from typing import Any, NoReturn

import click

EMAIL = click.option("--email", required=True, help="The person's address.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and no more.")


def show(as_json: bool, facts: dict[str, Any], sentence: str) -> None:  # noqa: FBT001 # click's flag
    """Print the result in the form that was asked for."""
    print(json.dumps(facts) if as_json else sentence)


def say(sentence: str) -> None:
    """Tell a person something beside the result."""
    print(sentence, file=sys.stderr, flush=True)


def fail(sentence: str) -> NoReturn:
    """End with one sentence that says what to do."""
    print(f"polis: {sentence}", file=sys.stderr)
    sys.exit(1)
