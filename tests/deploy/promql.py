"""Reads PromQL as far as our board and alerts use it; what it cannot read is a ValueError."""

import re
from functools import cache

FUNCTIONS = {"histogram_quantile": 2, "increase": 1, "rate": 1, "time": 0}
OVER_TIME = {"increase", "rate"}
AGGREGATIONS = {"count", "max", "min", "sum"}
OPERATORS = {"+", "-", "*", "/", ">", "<", ">=", "<=", "==", "!=", "and", "or", "unless"}

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:e\d+)?(?![smhd\w]))
    |(?P<duration>\d+[smhd](?!\w))
    |(?P<name>[a-zA-Z_:][\w:]*)
    |(?P<text>"(?:[^"\\]|\\.)*")
    |(?P<mark>==|!=|=~|!~|>=|<=|[-+*/><=(){}\[\],]))""",
    re.VERBOSE,
)


class Query:
    """One query; `selectors` has the name of each figure it reads, and the values each label is held against."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self.selectors: list[tuple[str, dict[str, list[str]]]] = []
        if self._expression():
            raise ValueError("a range where a value is wanted")
        if self._at != len(self._tokens):
            raise ValueError(f"more than one query at {self._tokens[self._at][1]}")

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str, kind: str = "") -> str:
        if self._at >= len(self._tokens):
            raise ValueError(f"ends where {wanted or kind} is wanted")
        found, text = self._tokens[self._at]
        if (wanted and text not in wanted) or (kind and found != kind):
            raise ValueError(f"{text} where {wanted or kind} is wanted")
        self._at += 1
        return text

    def _expression(self) -> bool:
        """Whether it is a range."""
        ranged = self._operand()
        while self._peek() in OPERATORS:
            self._take()
            if ranged or self._operand():
                raise ValueError("a range cannot be reckoned with")
        return ranged

    def _operand(self) -> bool:
        if self._peek() == "(":
            self._take("(")
            ranged = self._expression()
            self._take(")")
            return ranged
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "number":
            self._take()
            return False
        name = self._take(kind="name")
        if name in AGGREGATIONS:
            return self._aggregation()
        return self._call(name) if self._peek() == "(" else self._selector(name)

    def _aggregation(self) -> bool:
        if self._peek() in {"by", "without"}:
            self._take()
            self._take("(")
            self._take(kind="name")
            while self._peek() == ",":
                self._take(",")
                self._take(kind="name")
            self._take(")")
        self._take("(")
        if self._expression():
            raise ValueError("an aggregation of a range")
        self._take(")")
        return False

    def _call(self, name: str) -> bool:
        if name not in FUNCTIONS:
            raise ValueError(f"no function {name}")
        self._take("(")
        ranges = [] if self._peek() == ")" else [self._expression()]
        while self._peek() == ",":
            self._take(",")
            ranges.append(self._expression())
        self._take(")")
        if len(ranges) != FUNCTIONS[name] or any(ranges) != (name in OVER_TIME):
            raise ValueError(f"{name} takes other arguments")
        return False

    def _selector(self, name: str) -> bool:
        labels: dict[str, list[str]] = {}
        if self._peek() == "{":
            self._take("{")
            while self._peek() != "}":
                held = labels.setdefault(self._take(kind="name"), [])
                operator = self._take("=", "!=", "=~", "!~")
                value = self._take(kind="text")[1:-1]
                held += value.split("|") if "~" in operator else [re.escape(value)]
                if self._peek() != "}":
                    self._take(",")
            self._take("}")
        self.selectors.append((name, labels))
        ranged = self._peek() == "["
        if ranged:
            self._take("[")
            self._take(kind="duration")
            self._take("]")
        if self._peek() == "offset":
            self._take("offset")
            self._take(kind="duration")
        return ranged


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"cannot be read at {text[at:]}")
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        at = token.end()
    return found


@cache
def parsed(text: str) -> Query:
    """A query, read once."""
    return Query(text)
