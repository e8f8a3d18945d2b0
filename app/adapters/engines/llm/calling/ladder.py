"""The ladder of formats: the strictest a server takes, found once and kept."""

import json
from dataclasses import replace

from app.adapters.engines.llm.calling.call import JSON_SCHEMA, Model, Prompt, Refused, Said
from app.adapters.engines.llm.prompt import rules
from app.kit import logs

_log = logs.logger("model")


class Ladder:
    """Asks for JSON by schema, else as an object, else as text."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._blind = False  # the server takes no pictures
        self._standing = 0  # one write of an int: threads that meet here agree in the end

    @property
    def rung(self) -> str:
        """How this server is asked at present."""
        return self._model.rungs[self._standing]

    def ask(self, prompt: Prompt) -> Said:
        """One answer, without the picture where the server or its model takes none."""
        if not prompt.picture or self._blind:
            return self._answered(replace(prompt, picture=""))
        try:
            return self._answered(prompt)._replace(saw=True)
        except Refused:
            said = self._answered(replace(prompt, picture=""))
        self._blind = True
        _log.warning("model.no_pictures")
        return said

    def _answered(self, prompt: Prompt) -> Said:
        """One answer; a rung lower only sticks where it brought one."""
        refused = Refused(400)
        first = self._standing
        for place, rung in enumerate(self._model.rungs[first:], first):
            try:
                said = self._model.ask(_told(prompt, rung), rung)
            except Refused as error:
                refused = error
                continue
            if place > self._standing:
                self._standing = place
                _log.warning("model.format_lowered", rung=rung)
            return said
        raise refused

    def close(self) -> None:
        """Let go of the model's connections."""
        self._model.close()


def _told(prompt: Prompt, rung: str) -> Prompt:
    """Without a schema beside it, the shape is part of the rules."""
    if rung == JSON_SCHEMA:
        return prompt
    return replace(prompt, rules=rules.shaped(prompt.rules, json.dumps(prompt.schema)))
