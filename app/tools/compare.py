"""polis_compare: two to five variants before the same panel."""

from typing import Any

from pydantic import Field

from app.domain import idempotency
from app.domain.callers import FULL
from app.domain.idempotency import Answer
from app.domain.runs import find, start
from app.domain.runs.keep import LONGEST_LABEL
from app.domain.runs.order import Order
from app.tools.base import POLL_AFTER_S, Call, Hints, Input, Output, Problems, Tool
from app.tools.content import (
    LONGEST_CONTENT,
    LONGEST_URL,
    ContentType,
    PanelInput,
    UrlMode,
    blank,
    content_problems,
)
from app.tools.states import of_comparison, together


class Variant(Input):
    """One of the contents to compare."""

    content: str | None = Field(
        default=None,
        max_length=LONGEST_CONTENT,
        description="The text; unless content_type is url.",
    )
    url: str | None = Field(
        default=None, max_length=LONGEST_URL, description="The page, for type url."
    )
    label: str | None = Field(
        default=None, max_length=LONGEST_LABEL, description="Your name for this variant."
    )


class CompareInput(PanelInput):
    """Variants of one type, before one panel."""

    content_type: ContentType = Field(description="The type of every variant.")
    variants: list[Variant] = Field(
        min_length=2, max_length=5, description="What to compare, two to five."
    )
    url_mode: UrlMode | None = Field(default=None, description="For content_type url.")

    @classmethod
    def together(cls, given: dict[str, Any]) -> Problems:
        problems = blank(given, "audience", "label", "idempotency_key")
        if given.get("content_type") != "url" and "url_mode" in given:
            problems.append(("url_mode", "does not belong to this content_type; leave it out"))
        variants = given.get("variants")
        for number, variant in enumerate(variants if isinstance(variants, list) else []):
            if isinstance(variant, dict):
                facts = {**variant, "content_type": given.get("content_type")}
                prefix = f"variants.{number}."
                problems += content_problems(facts, prefix) + blank(facts, "label", prefix=prefix)
        return problems

    def orders(self) -> list[Order]:
        """One order a variant."""
        page = self.content_type == "url"
        return [
            Order(
                content_type=self.content_type,
                content=variant.content or "",
                url=variant.url and variant.url.strip(),
                url_mode=(self.url_mode or "copy") if page else None,
                audience=self.audience,
                persona_count=self.persona_count,
                detail=self.detail,
                label=variant.label or self.label,
                seed=self.seed,
            )
            for variant in self.variants
        ]


class VariantRun(Output):
    """The run of one variant."""

    run_id: str = Field(description="Handle of the variant's own run and report.")
    variant: int = Field(description="Its place in variants, from 0.")


class Compare(Output):
    """A started comparison."""

    compare_id: str = Field(description="Handle for polis_status, polis_report and polis_cancel.")
    status: str = Field(description="pending; polis_status follows it.")
    runs: list[VariantRun] = Field(description="One run for each variant.")
    tokens_charged: int = Field(description="The sum of the runs' prices, held now.")
    poll_after_s: int | None = Field(default=None, description="Seconds to wait before polling.")


def run(call: Call, given: CompareInput) -> Compare:
    """One hold for all variants; they share the panel and the seed."""
    answer = idempotency.once(
        call.session,
        call.caller,
        "polis_compare",
        given.idempotency_key,
        given.model_dump(exclude_none=True),
        lambda: _start(call, given),
        call.now,
    )
    return Compare(
        compare_id=answer["compare_id"],
        status="pending",
        runs=[VariantRun(run_id=id_, variant=n) for n, id_ in enumerate(answer["run_ids"])],
        tokens_charged=answer["tokens"],
        poll_after_s=POLL_AFTER_S,
    )


def followed(call: Call, compare_id: str) -> Compare:
    """The same answer with the status of now: what a finished task gives."""
    comparison = find.comparison(call.session, call.caller, compare_id)
    rows = find.variants(call.session, compare_id)
    return Compare(
        compare_id=compare_id,
        status=of_comparison(comparison, together([row.status for row in rows])),
        runs=[VariantRun(run_id=row.id, variant=row.variant or 0) for row in rows],
        tokens_charged=sum(row.tokens - row.refunded_tokens for row in rows),
    )


def _start(call: Call, given: CompareInput) -> Answer:
    call.require()
    begun = start.start_comparison(
        call.session,
        call.caller,
        given.orders(),
        call.panelist,
        now=call.now,
        request_id=call.request_id,
    )
    return {"compare_id": begun.id, "run_ids": list(begun.run_ids), "tokens": begun.tokens}


TOOL = Tool(
    name="polis_compare",
    title="Compare variants",
    description=(
        "Put 2 to 5 variants of one content_type before the same panel with the same seed and say "
        "which one it prefers, or that it is too close to call. Costs the sum of the runs. "
        "Follow it by polis_status and polis_report with the compare_id."
    ),
    input=CompareInput,
    output=Compare,
    run=run,
    hints=Hints(read_only=False, open_world=True),
    scope=FULL,
    beforehand=lambda ahead, given: ahead.refusal(
        "polis_compare", given.idempotency_key, given.orders()
    ),
    becomes_task=lambda _given, answer: answer.compare_id,
)
