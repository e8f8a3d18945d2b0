"""Webhooks after Standard Webhooks: endpoints, what they are told, and how it reaches them.

`catalogue.py` names the events; `events.py` writes one down with what caused it; `deliveries.py`
and `pauses.py` bring it to an endpoint, `secret.py` and `signing.py` prove whose it is.
"""
