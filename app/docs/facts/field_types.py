"""What a field may be, in words, from its JSON Schema."""

from typing import Any

Json = dict[str, Any]


def told(field: Json) -> str:
    """The type of a field in words, with its bounds."""
    if "anyOf" in field:  # something, or null
        return " or ".join(told(each) for each in field["anyOf"])
    if "enum" in field:
        return " · ".join(f"`{value}`" for value in field["enum"])
    kind = str(field["type"])
    return _WORDS.get(kind, kind) + _bounds(field)


def _bounds(field: Json) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if field["type"] == "array":
        least, most = field.get("minItems"), field.get("maxItems")
    if least is not None and most is not None:
        return f", {least:,} to {most:,}"
    if "maxLength" in field:
        return f", at most {field['maxLength']:,} characters"
    return ""


_WORDS = {"string": "text", "array": "list", "boolean": "true or false"}
