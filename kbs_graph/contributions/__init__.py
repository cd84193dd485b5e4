"""Contributions: what an organisation says about sources, in a graph of its own, from the door to the snapshot."""
