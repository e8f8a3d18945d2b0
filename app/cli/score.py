"""`polis score`: which of two wordings people prefer, pair by pair."""

import json
import sys
from typing import Any

import click

from app.adapters.engines.embedded.heads.head import FORMATS, head

_SHAPE = 'a JSON object with two texts, such as {"a": "One wording", "b": "Another"}'
_PLACES = 4


@click.command()
@click.option(
    "--format", "format_", required=True, type=click.Choice(FORMATS), help="What the wordings are."
)
def score(format_: str) -> None:
    """Read pairs from standard input, a JSON line each, and print how sure it is of `a`.

    An answer a line: {"p_a": 0.62} says that people prefer `a` with 62 %.
    """
    judge = head(format_)
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            first, second = _pair(line, number)
            click.echo(json.dumps({"p_a": round(judge.odds(first, second), _PLACES)}))


def _pair(line: str, number: int) -> tuple[str, str]:
    try:
        read: Any = json.loads(line)
        first, second = read["a"], read["b"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise click.ClickException(f"Line {number} is not {_SHAPE}.") from error
    if not (isinstance(first, str) and isinstance(second, str)):
        raise click.ClickException(f"Line {number} is not {_SHAPE}.")
    return first, second
