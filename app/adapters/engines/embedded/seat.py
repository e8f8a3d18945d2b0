"""One person in front of the content: all that voice and follow-ups are made from."""

from dataclasses import dataclass

from app.domain.panel.shapes import Appraisal, Document, Exposure, Outcome, Persona


@dataclass(frozen=True, slots=True)
class Seat:
    """A persona, the content, what was read of it, what was made of it and what was done."""

    document: Document
    persona: Persona
    exposure: Exposure
    appraisal: Appraisal
    outcome: Outcome
    seed: int  # of the run; streams are keyed by (engine version, seed, stage, persona id)
