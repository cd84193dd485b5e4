"""A list of sources as people keep it: read, judged by row, completed by its sender, made statements and files."""
