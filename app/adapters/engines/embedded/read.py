"""Content into a document: spans with exact offsets, a language guess, cues, topics, its worth."""

from dataclasses import replace

from app.adapters.engines.embedded.cues.find import find_cues
from app.adapters.engines.embedded.cues.layout import felt
from app.adapters.engines.embedded.heads.wording import wording
from app.adapters.engines.embedded.reading.language import guess
from app.adapters.engines.embedded.reading.measures import features
from app.adapters.engines.embedded.reading.spans import split
from app.adapters.engines.embedded.reading.topics import topics
from app.adapters.engines.embedded.reading.words import tokens
from app.domain.panel.shapes import Document, Layout


def read(content: str, content_type: str, layout: Layout = ()) -> Document:
    """The content as the panel sees it; any text will do, the empty one included."""
    words = tokens(content)
    language = guess(words, content)
    spans = split(content, content_type)
    measured = features(content, spans, words)
    cues = find_cues(content, content_type, language, spans, words, measured)
    document = Document(
        content,
        content_type,
        language,
        spans,
        (*cues, *felt(layout)),
        measured,
        topics(words, language),
        layout,
    )
    return replace(document, wording=wording(document))


def reread(document: Document, content: str) -> Document:
    """Another text in the same place."""
    return read(content, document.content_type, document.layout)
