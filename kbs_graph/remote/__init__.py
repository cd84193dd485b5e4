"""A SPARQL 1.1 store elsewhere (`KBS_STORE`): publishing the snapshot to it, and reading pages and queries from it."""
