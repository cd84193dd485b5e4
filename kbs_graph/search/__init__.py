"""The search: from words that people type to things of the graph, over an index that is made once a snapshot."""
