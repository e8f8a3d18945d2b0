"""Reading: spans, words, language and topics of a text."""
