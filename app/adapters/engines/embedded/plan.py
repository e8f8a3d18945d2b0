"""Everything the seats of one run share, and how one of them is filled."""

from dataclasses import dataclass

from app.adapters.engines.embedded.appraise import Term, appraisal, levels, terms
from app.adapters.engines.embedded.decide import decide
from app.adapters.engines.embedded.disposition import Disposition, dispose
from app.adapters.engines.embedded.exposure import expose
from app.adapters.engines.embedded.read import read
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.view import Views
from app.domain.panel.audience import Audience, settle
from app.domain.panel.people import People
from app.domain.panel.shapes import Document, Exposure, Outcome, PanelRequest, Persona
from app.domain.panel.strata import Strata

VERSION = "embedded-1"


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with its content read and its audience settled."""

    request: PanelRequest
    audience: Audience
    views: Views
    people: People
    luck: Strata

    @property
    def document(self) -> Document:
        """The content as the panel sees it."""
        return self.views.document


@dataclass(frozen=True, slots=True)
class Chair:
    """A person with what they bring, before any content."""

    persona: Persona
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person's passage through the content, term by term."""

    exposure: Exposure
    terms: list[Term]
    levels: tuple[float, ...]
    outcome: Outcome


def make_plan(request: PanelRequest) -> Plan:
    """The shared part of a run: read once, settle once."""
    return Plan(
        request=request,
        audience=(
            audience := settle(request.audience, request.audience_content or request.content)
        ),
        views=Views(read(request.content, request.content_type, request.layout)),
        people=People(request.seed, audience, request.content_type),
        luck=Strata(VERSION, request.seed, "luck"),
    )


def chair(plan: Plan, number: int) -> Chair:
    """The person of this seat, whatever they are shown."""
    persona = plan.people.person(number)
    looked = bool(plan.request.layout)
    brought = dispose(VERSION, plan.request.seed, persona.id, number, plan.luck, looked=looked)
    return Chair(persona, brought)


def sit(views: Views, one: Chair) -> Sitting:
    """Let this person read this document and act."""
    document = views.document
    exposure = expose(document, one.persona, one.disposition.haste)
    found = terms(views.at(len(exposure.span_ids)), one.persona, one.disposition)
    reached = levels(found)
    outcome = decide(reached, found, document.content_type, one.disposition)
    return Sitting(exposure, found, reached, outcome)


def seat(plan: Plan, views: Views, one: Chair) -> Seat:
    """The person, the content and everything between, for voice and follow-ups."""
    passed = sit(views, one)
    view = views.at(len(passed.exposure.span_ids))
    return Seat(
        document=views.document,
        persona=one.persona,
        exposure=passed.exposure,
        appraisal=appraisal(view.felt(one.persona.jargon), passed.terms),
        outcome=passed.outcome,
        seed=plan.request.seed,
    )
