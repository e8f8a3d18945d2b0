"""The documentation, written once; facts come from the code."""
