"""API keys as a person handles them: their own, and everybody's where their role reaches."""
