"""Cues: what in a document a reader may respond to."""
