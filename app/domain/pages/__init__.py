"""Web pages as something to test: which are fetched, what is read of them, why one is not."""

KINDS = "text, tweet, LinkedIn post, markdown article or page"
"""What can be put before a panel, for every sentence that says so."""
