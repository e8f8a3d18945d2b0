"""The prompts on the wire: listed, and filled in."""

from collections.abc import Mapping

from app.web.mcp.problems import InvalidParams, UnknownCursor, UnknownPrompt
from app.web.mcp.product.prompt_texts import PROMPTS, Prompt
from app.web.mcp.server import Context, Json, Listing, PromptText

HOUR_MS = 3_600_000


class ProductPrompts:
    """The prompts on the wire."""

    def __init__(self) -> None:
        shown = [_described(prompt) for prompt in PROMPTS.values()]
        self._listing = Listing(shown, HOUR_MS, "private")

    def list(self, _context: Context, cursor: str | None) -> Listing:
        """All of them, on one page."""
        if cursor is not None:
            raise UnknownCursor
        return self._listing

    def get(self, _context: Context, name: str, arguments: Mapping[str, str]) -> PromptText:
        """A prompt with its blanks filled in."""
        prompt = PROMPTS.get(name)
        if prompt is None:
            raise UnknownPrompt(name)
        missing = [a.name for a in prompt.arguments if a.required and not arguments.get(a.name)]
        if missing:
            raise InvalidParams(f"Missing argument: {', '.join(missing)}")
        # One pass over the template: a draft with braces in it stays as it is.
        values = {a.name: arguments.get(a.name) or a.otherwise for a in prompt.arguments}
        text = prompt.text.format_map(values)
        message = {"role": "user", "content": {"type": "text", "text": text}}
        return PromptText([message], prompt.description)


def _described(prompt: Prompt) -> Json:
    return {
        "name": prompt.name,
        "title": prompt.title,
        "description": prompt.description,
        "arguments": [
            {
                "name": argument.name,
                "title": argument.title,
                "description": argument.description,
                "required": argument.required,
            }
            for argument in prompt.arguments
        ],
    }
