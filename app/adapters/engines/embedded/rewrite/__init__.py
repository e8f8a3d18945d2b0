"""Rewriting: edits that keep every fact, tried on the panel, kept where they help."""
