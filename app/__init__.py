"""Polis: what will a real audience think of this, before it is published."""
