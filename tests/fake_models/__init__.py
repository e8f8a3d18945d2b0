"""A provider of models for tests: OpenAI's and Anthropic's APIs, with state and faults."""
