"""Bytes that an organisation sent, as a Draft: read, translated, recognised and judged, in a process of its own."""
