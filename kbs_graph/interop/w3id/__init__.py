"""The folder to register at w3id.org (a pull request at perma-id/w3id.org), for one public address.

It sends every address of the graph to the same path of the site, which negotiates further.
"""

import re
from importlib.resources import files

from kbs_graph.errors import NotRunnable
from kbs_graph.interop.site_address import filled

_USER = re.compile(r"@?([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})")


def entry(address: str, maintainer: str) -> dict[str, str]:
    """The texts of the folder by path: where to redirect to, and who at GitHub may change that.

    Raises NotRunnable for a wrong address and for what cannot be a user name of GitHub.
    """
    user = _USER.fullmatch(maintainer)
    if not user:
        raise NotRunnable(
            f"Dit kan geen gebruikersnaam van GitHub zijn: {maintainer!r}. Noem wie het adres beheert.",
            f"This cannot be a user name of GitHub: {maintainer!r}. Name who looks after the address.",
        )
    readme = _text("README.md").replace("MAINTAINER", f"[@{user[1]}](https://github.com/{user[1]})")
    return {
        "kennisbouwstenen/.htaccess": filled(_text("htaccess"), address),
        "kennisbouwstenen/README.md": filled(readme, address),
    }


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
