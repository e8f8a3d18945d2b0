"""Fits the heads of the embedded engine on human choices; needs `requirements/fitting.txt`."""
