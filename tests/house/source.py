"""The code under `app/`, parsed once for the tests that are about its shape."""

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: where it is, its lines, its syntax tree."""

    path: str
    lines: list[str]
    tree: ast.Module

    def at(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.path}:{node.lineno}"

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, under the last name of what is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                name = node.func
                yield getattr(name, "attr", getattr(name, "id", "")), node

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of ours; migrations are written by a tool and never changed again."""
    paths = (path for path in sorted(APP.rglob("*.py")) if "versions" not in path.parts)
    found = tuple(_read(path) for path in paths)
    gc.freeze()  # they stay to the end
    return found


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text.splitlines(), ast.parse(text))
