"""Stripe's HTTP API in a process of its own: state, events, hosted pages, a clock and a control plane."""
