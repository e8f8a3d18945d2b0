"""What one person answers, by level of detail: words first, then figures that follow from them."""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from app.kit.plain import plain

_LONGEST = 900
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Part(BaseModel):
    """A part of an answer; fields nobody asked for are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _shown(cls, value: object) -> object:
        """Whatever a model writes is shown to people: nothing hidden in it, and no novels."""
        return plain(value)[:_LONGEST] if isinstance(value, str) else value


class Named(Part):
    """Whose answer it is."""

    id: str = Field(description="as on the card")


class Glance(Named):
    """The words of the first level."""

    thinkAloud: Words = Field(description="two to four sentences")  # noqa: N815 # the wire's name
    quote: Words = Field(description="what they would say of it to somebody else")
    firstGlance: Words = Field(description="three words")  # noqa: N815 # the wire's name
    noticedFirst: Words = Field(description="what the eye met first")  # noqa: N815 # the wire's name
    pause: Words = Field(description="where they slowed down and why")


class Thoughts(Glance):
    """The words of the second level."""

    resonated: Words | None = Field(description="what worked, or null")
    confused: Words | None = Field(description="what was unclear, or null")
    objections: list[Words] = Field(description="at most three, the gravest first")
    openQuestions: list[Words] = Field(description="at most two")  # noqa: N815 # the wire's name
    stuckPhrase: Words | None = Field(  # noqa: N815 # the wire's name
        description="words of the text that stayed, letter by letter, or null"
    )
    oneChange: Words = Field(description="the one thing to change")  # noqa: N815 # the wire's name


class Worth(Part):
    """Whether it would be worth money."""

    answer: Words
    why: Words


class Depths(Thoughts):
    """The words of the third level."""

    emotionalArc: Words = Field(description="begin, middle, end")  # noqa: N815 # the wire's name
    wouldPay: Worth = Field(description="worth money to them?")  # noqa: N815 # the wire's name
    shareWith: Words = Field(description="whom they would tell, if anyone")  # noqa: N815 # the wire's name
    comparedTo: Words = Field(description="what it reminded them of")  # noqa: N815 # the wire's name
    personalContext: Words = Field(  # noqa: N815 # the wire's name
        description="what in their life coloured it"
    )


class Chances(Part):
    """Percents of each act."""

    scroll: float = Field(ge=0, le=100)
    stay: float = Field(ge=0, le=100)
    click: float = Field(ge=0, le=100)
    save: float = Field(ge=0, le=100)

    @field_validator("save", mode="after")
    @classmethod
    def _some(cls, value: float, info: ValidationInfo) -> float:
        if not any((*info.data.values(), value)):
            raise ValueError("the four percents must not all be 0")
        return value


class Ratings(Part):
    """The six dimensions, -5 to 5."""

    attention: int = Field(ge=-5, le=5)
    relevance: int = Field(ge=-5, le=5)
    clarity: int = Field(ge=-5, le=5)
    credibility: int = Field(ge=-5, le=5)
    desire: int = Field(ge=-5, le=5)
    friction: int = Field(ge=-5, le=5)


class Reason(Part):
    """Something that moved the person."""

    about: str
    effect: int = Field(ge=-3, le=3)


class Figures(Part):
    """What follows the words at every level."""

    probabilities: Chances
    intent: int = Field(ge=0, le=10)
    trust: int = Field(ge=0, le=10)
    sentiment: Literal["positive", "neutral", "negative", "mixed"]
    ratings: Ratings
    reasons: list[Reason]


# A class takes over its last base's fields first: the words come before the figures.
class Snapshot(Figures, Glance):
    """A person at `snapshot`."""


class Standard(Figures, Thoughts):
    """A person at `standard`."""


class Deep(Figures, Depths):
    """A person at `deep`."""


Person = Snapshot | Standard | Deep
BY_DETAIL: dict[str, type[Person]] = {"snapshot": Snapshot, "standard": Standard, "deep": Deep}


class Reply(Part):
    """What a person says to a question, behind what it rests on."""

    basis: list[Words] = Field(description="words that bear on the question, letter by letter")
    answer: Words = Field(description="two to four sentences")
    grounded: bool = Field(description="false where the basis is empty")
