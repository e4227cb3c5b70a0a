"""Workloads that measure a running server from outside, as PEERS.md did with the others."""
