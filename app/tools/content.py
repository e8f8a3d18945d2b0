"""What may be put before a panel: the fields that starting, estimating and comparing share."""

from typing import Any, Literal

from pydantic import Field

from app.domain import audiences, plans
from app.domain.pages.page import LONGEST
from app.domain.runs.keep import LONGEST_LABEL
from app.domain.runs.order import Order
from app.tools.base import Input, Problems

LONGEST_CONTENT = LONGEST
LONGEST_URL = 2_000
LARGEST_SEED = 2**53 - 1

ContentType = Literal["text", "tweet", "linkedin", "markdown", "url"]
Detail = Literal["snapshot", "standard", "deep"]
UrlMode = Literal["copy", "visual"]


class PanelInput(Input):
    """Who shall react, and how much they say."""

    audience: str | None = Field(
        default=None,
        max_length=audiences.LONGEST_TEXT,
        description="Who the panel should be, in your words; inferred if left out.",
    )
    persona_count: int = Field(
        default=plans.DEFAULT_PERSONAS,
        ge=plans.MIN_PERSONAS,
        le=plans.MAX_PERSONAS,
        description="How many synthetic people react.",
    )
    detail: Detail = Field(
        default="standard",
        description=(f"How much each person says; tokens for each: {plans.per_persona_listed()}."),
    )
    label: str | None = Field(
        default=None, max_length=LONGEST_LABEL, description="Your own name for this test."
    )
    seed: int | None = Field(
        default=None,
        ge=0,
        le=LARGEST_SEED,
        description="Same request and seed, same report. Left out: derived from the content.",
    )
    idempotency_key: str | None = Field(
        default=None,
        min_length=1,
        max_length=255,
        description="Repeat a call safely: the same key gives the first answer again.",
    )


class TestInput(PanelInput):
    """A content of one type, before one panel."""

    content_type: ContentType = Field(description="What the content is, and how people meet it.")
    content: str | None = Field(
        default=None,
        max_length=LONGEST_CONTENT,
        description="The text itself; required unless content_type is url.",
    )
    url: str | None = Field(
        default=None,
        max_length=LONGEST_URL,
        description="The page's address; required for content_type url. Fetched once, when the run "
        f"starts; of a long page the first {LONGEST:,} characters are read.",
    )
    url_mode: UrlMode | None = Field(
        default=None,
        description="copy (default): the page's text. visual: its layout too, "
        f"{plans.VISUAL} times the price.",
    )

    @classmethod
    def together(cls, given: dict[str, Any]) -> Problems:
        return content_problems(given) + blank(given, "audience", "label", "idempotency_key")

    def order(self) -> Order:
        """The order these arguments make."""
        page = self.content_type == "url"
        return Order(
            content_type=self.content_type,
            content=self.content or "",
            url=self.url and self.url.strip(),
            url_mode=(self.url_mode or "copy") if page else None,
            audience=self.audience,
            persona_count=self.persona_count,
            detail=self.detail,
            label=self.label,
            seed=self.seed,
        )


def content_problems(given: dict[str, Any], prefix: str = "") -> Problems:
    """Exactly the fields of the chosen type, and none of them blank."""
    page = given.get("content_type") == "url"
    wanted, unwanted = ("url", ("content",)) if page else ("content", ("url", "url_mode"))
    problems = []
    if missing(given.get(wanted)):
        problems.append((prefix + wanted, f"is required for this content_type{_EMPTY}"))
    problems += [
        (prefix + name, "does not belong to this content_type; leave it out")
        for name in unwanted
        if given.get(name) is not None
    ]
    return problems


def blank(given: dict[str, Any], *names: str, prefix: str = "") -> Problems:
    """Optional texts that were sent without saying anything."""
    return [
        (prefix + name, "is blank; leave it out instead")
        for name in names
        if given.get(name) is not None and missing(given[name])
    ]


def missing(value: object) -> bool:
    """Whether a text is not there: left out, or nothing in it that anybody could see."""
    if isinstance(value, str):
        return not any(c.isprintable() and c != " " for c in value)
    return value is None


_EMPTY = ", and blank text counts as missing"
