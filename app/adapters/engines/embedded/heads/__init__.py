"""Which of two wordings people prefer: one head a format, its weights fitted on human choices."""
