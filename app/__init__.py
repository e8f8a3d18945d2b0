"""Polis: what will a real audience think of this, before it is published."""

__version__ = "0.1.0"
