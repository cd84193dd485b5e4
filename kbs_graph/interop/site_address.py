"""The public address that goes into files for others, and filling it in."""

import re

from kbs_graph.errors import NotRunnable

EXAMPLE = "https://site.example"
"""What stands in the files where the address of the site belongs: a name that never exists (RFC 2606, section 2)."""
_ADDRESS = re.compile(r"https://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::[0-9]{1,5})?")


def checked(address: str) -> str:
    """A public address without its last slash. Raises NotRunnable for anything but https, a host name and a port."""
    bare = address.strip().rstrip("/").lower()
    if not _ADDRESS.fullmatch(bare):
        raise NotRunnable(
            f"Geef met --base (of KBS_BASE_URL) het openbare adres van de site, zoals {EXAMPLE}: met https, een naam, "
            f"en zonder pad. Gegeven is: {address!r}.",
            f"Give with --base (or KBS_BASE_URL) the public address of the site, such as {EXAMPLE}: with https, a "
            f"name, and without a path. Given was: {address!r}.",
        )
    return bare


def filled(text: str, address: str) -> str:
    """A text with the address of the site in it instead of the example."""
    return text.replace(EXAMPLE, checked(address))
