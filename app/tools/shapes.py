"""The shapes inside a report, for its schema and its readers."""

from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from app.tools.base import Output


class Engine(Output):
    """Who played the panel, and how far that can be trusted."""

    name: str = Field(description="embedded or llm.")
    version: str = Field(description="Version of the engine; another one answers differently.")
    seed: int = Field(
        description="Give it back with the same request to get the same report; "
        "of llm: the same people and draws."
    )
    validity: dict[str, Any] = Field(description="What was validated on people, and what was not.")


class Segment(Output):
    """A group of the panel that behaved alike."""

    name: str = Field(description="What they did and why; never who they are.")
    share: float = Field(ge=0, le=1, description="Part of the panel, 0 to 1; the three sum to 1.")
    interval: list[float] = Field(description="95 % sampling error of share, from and to.")
    summary: str = Field(description="What they have in common.")


class Evidence(Output):
    """Somebody who said it."""

    quote: str = Field(description="Literal words of a stored reaction.")
    persona_id: str = Field(description="Who said it, e.g. p17.")


class Friction(Output):
    """Something that costs readers."""

    point: str = Field(description="What stands in the way, in a sentence.")
    severity: float = Field(ge=0, le=10, description="What removing it would win back, 0 to 10.")
    evidence: list[Evidence] = Field(description="Reactions that show it.")


class Rewrite(Output):
    """A version the panel liked better."""

    headline: str | None = Field(default=None, description="A new headline, where there is one.")
    body: str = Field(description="The text; [placeholders] mark facts only you know.")
    rationale: str = Field(description="What was changed, what it won, how that was tried.")
    edits: list[str] | None = Field(default=None, description="The single edits, in order.")


class ReportBody(Output):
    """The findings."""

    segments: list[Segment] = Field(description="Always three.")
    topFriction: list[Friction] = Field(description="Always three, the worst first.")  # noqa: N815 # the wire's name
    rewrite: Rewrite = Field(description="How it could read.")
    structuralNotes: list[str] | None = Field(  # noqa: N815 # the wire's name
        default=None, description="Layout findings, url_mode visual only."
    )


class Archetype(Output):
    """A kind of person on the panel."""

    name: str = Field(description="Give it to polis_ask as archetype.")
    count: int = Field(description="How many sat on the panel.")
    share: float = Field(description="Part of the panel, 0 to 1.")
    avgIntent: float = Field(description="Their mean intent, 0 to 10.")  # noqa: N815 # the wire's name
    decision: str | None = Field(default=None, description="What most of them did.")
    summary: str | None = Field(default=None, description="What drew them and what put them off.")


class Preferred(Output):
    """How many would choose a variant."""

    run_id: str = Field(description="The variant's run.")
    share: float = Field(description="Part of the panel that likes it best, by however little.")


class Result(Output):
    """Which variant the panel prefers."""

    winner_run_id: str | None = Field(
        default=None,
        description="The preferred variant; null when too close to call.",
        json_schema_extra={"x-nullable": True},
    )
    verdict: str = Field(
        description="The finding in a sentence; A is variant 0, B the next, and so on."
    )
    preferred: list[Preferred] = Field(description="A share for each variant, in their order.")
    p_a_beats_b: float = Field(
        description="How sure it is that the best beats the runner-up, 0 to 1."
    )
    interval: list[float] = Field(description="95 % of p_a_beats_b, from and to.")
    interval_note: str | None = Field(
        default=None, description="Of what interval is: the error of a simulation, or of odds."
    )
    validity: str = Field(
        default="unvalidated-format",
        description="Whether p_a_beats_b was checked on people; unvalidated-format: it was not.",
    )

    @model_serializer(mode="wrap")
    def _even_without_winner(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = write(self)
        return {"winner_run_id": self.winner_run_id} | told
