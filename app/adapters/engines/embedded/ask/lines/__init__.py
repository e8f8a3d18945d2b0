"""Schemata for answers, by what the question is after."""
