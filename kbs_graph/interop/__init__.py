"""What others need to have of us, ready to hand over: an entry for the Network of Terms, a redirect for w3id.org."""
