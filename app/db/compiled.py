"""A statement as a driver takes it, and the way of its values in and out."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Converters = dict[Any, Callable[[Any], Any]]


class Compiled:
    """A statement in one dialect: its SQL, its values in order, and what their types do to them."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)  # a statement is no DDL
        self.sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._fixed = {k: v for k, v in compiled.params.items() if v is not None}
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        told = enumerate(getattr(statement, "selected_columns", ()))
        answers = {place: column.type.dialect_impl(dialect) for place, column in told}
        self.writers = _present({k: type_.bind_processor(dialect) for k, type_ in types.items()})
        self.readers = _present(
            {k: type_.result_processor(dialect, None) for k, type_ in answers.items()}
        )

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        bound = {**self._fixed, **values}
        return bound if self._order is None else [bound[name] for name in self._order]


def converted(converters: Converters, values: Any) -> Any:
    """The same dictionary or list, with what has a converter converted."""
    for key, convert in converters.items():
        values[key] = convert(values[key])
    return values


def _present(found: Mapping[Any, Callable[[Any], Any] | None]) -> Converters:
    return {key: convert for key, convert in found.items() if convert is not None}
