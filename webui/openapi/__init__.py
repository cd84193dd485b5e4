"""The OpenAPI 3.1 description of what programs ask, in small parts: one module a subject."""
