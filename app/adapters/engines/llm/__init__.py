"""The panel of the embedded engine with the voice and the judgement of a provider's model."""
