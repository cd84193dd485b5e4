"""The Reconciliation Service API 0.2 without HTTP: from texts in a table to things of the graph.

`asked` reads what a client sends, `types` and `properties` say what it can ask for, `known` holds what a snapshot
tells, `candidates` answers queries and suggestions, `extend` gives the values of properties.
"""
