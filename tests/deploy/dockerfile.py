"""Reads a Dockerfile: its stages, each a list of instructions and their words."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

KNOWN = {
    "ARG", "CMD", "COPY", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "RUN", "STOPSIGNAL", "USER", "VOLUME",
    "WORKDIR",
}  # fmt: skip


@dataclass
class Stage:
    """What stands between one FROM and the next."""

    image: str
    name: str = ""
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        return [words for name, words in self.steps if name == instruction]

    def environment(self) -> dict[str, str]:
        return dict(each.split("=", 1) for words in self.all("ENV") for each in words.split())

    def command(self, instruction: str = "CMD") -> list[str]:
        """The words of an instruction in JSON form."""
        (words,) = self.all(instruction)
        found: list[str] = json.loads(words[words.index("[") :])
        return found


def read(path: Path) -> list[Stage]:
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    stages: list[Stage] = []
    for line in text.replace("\\\n", " ").splitlines():
        instruction, _, words = line.strip().partition(" ")
        if not instruction:
            continue
        assert instruction in KNOWN, line
        if instruction == "FROM":
            image, _, name = words.partition(" AS ")
            stages.append(Stage(image, name))
        elif stages:
            stages[-1].steps.append((instruction, re.sub(r"\s+", " ", words)))
    return stages
