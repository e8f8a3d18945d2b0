"""The documentation, written once; facts come from the code.

- `pages/` and `legal/` are the texts, `skill.md` and `start.sh` what agents load;
  `catalogue.py` finds and fills them in, `published.py` keeps them for an installation.
- `facts/` is every name a text may use; it knows the engine, so it is loaded with the first page.
- `html.py` and `twins.py` are a page's two forms; `code.py`, `figures.py` and `printed.py` their
  parts, `search.py` finds in them.
- `discovery/` is what programs read: OpenAPI, cards, catalogs, metadata.
- `about.py`, `statuses.py`, `install.py` and `example.py` serve pages and programs alike.
"""
