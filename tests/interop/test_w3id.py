"""The folder for w3id.org: a real Apache sends every address of the graph to the same path of the site."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import urllib3

from kbs_graph.errors import NotRunnable
from kbs_graph.interop import w3id
from kbs_graph.terms import BASE, DATASET, GRAPHS, ONTOLOGY, SHAPES
from tests.workers.pools import wait_until

SITE = "https://kennis.voorbeeld.nl"
CONFIGURATION = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}
<Directory {folder}>
  AllowOverride All
  Require all granted
</Directory>
"""
"""As at w3id.org: what stands in a folder's .htaccess holds for that folder."""


def test_the_readme_tells_who_looks_after_it() -> None:
    readme = w3id.entry(SITE, "@iemand-anders")["kennisbouwstenen/README.md"]
    assert "[@iemand-anders](https://github.com/iemand-anders)" in readme
    assert SITE in readme
    assert "MAINTAINER" not in readme and "site.example" not in readme


@pytest.mark.parametrize("wrong", ["", "twee woorden", "-x", "x-", "a" * 40, "a](http://x)"])
def test_what_cannot_be_a_user_name_is_refused(wrong: str) -> None:
    with pytest.raises(NotRunnable):
        w3id.entry(SITE, wrong)


def test_the_command_writes_it_and_asks_for_an_address_when_there_is_none(
    kbs: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = kbs("w3id", "--maintainer", "iemand", "--out", tmp_path / "uit", KBS_BASE_URL=SITE)
    assert done.returncode == 0, done.stderr
    assert f"{SITE}/id/$1" in (tmp_path / "uit" / "kennisbouwstenen" / ".htaccess").read_text(encoding="utf-8")
    without = kbs("w3id", "--maintainer", "iemand", "--out", tmp_path / "niet")
    assert without.returncode == 2
    assert "KBS_BASE_URL" in without.stderr
    assert not (tmp_path / "niet").exists()


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Apache with the folder in it. Without Apache the test skips, and fails where CI=true."""
    program = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        reason = "there is no apache2 on this machine (apt install apache2-bin): the redirects were NOT tried"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("apache")
    for name, text in w3id.entry(SITE, "iemand").items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    settings, running = folder / "apache.conf", folder / "pid"
    for _ in range(5):  # a port that is free may be taken by another program before Apache has it
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings.write_text(CONFIGURATION.format(port=port, folder=folder, modules="/usr/lib/apache2/modules"))
        server = subprocess.Popen([program, "-d", folder, "-f", settings, "-DFOREGROUND"])
        try:
            assert wait_until(lambda: server.poll() is not None or running.exists())  # noqa: B023
            if server.poll() is None:
                yield f"http://127.0.0.1:{port}/kennisbouwstenen/"
                return
        finally:
            server.terminate()
            server.wait(60)
    pytest.fail((folder / "errors").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("iri", "status", "path"),
    [
        (BASE + "id/aspect/meldcode", 303, "/id/aspect/meldcode"),
        (BASE + "id/aspect/meldcode?lang=en", 303, "/id/aspect/meldcode?lang=en"),
        (BASE + "id/uitgave/0-1-0", 303, "/id/uitgave/0-1-0"),
        (DATASET, 303, "/id/dataset/kennisbouwstenen"),
        (ONTOLOGY, 302, "/def"),
        (ONTOLOGY + ".ttl", 302, "/def.ttl"),
        (ONTOLOGY + "/context.jsonld", 302, "/def/context.jsonld"),
        (ONTOLOGY + "/0.3.0", 302, "/def/0.3.0"),
        (SHAPES.rstrip("#"), 302, "/shapes"),
        (GRAPHS + "aspects-inkomen", 302, "/graphs/aspects-inkomen"),
        (BASE, 302, "/"),
    ],
)
def test_an_address_of_the_graph_leads_to_the_site(apache: str, iri: str, status: int, path: str) -> None:
    answer = urllib3.request("GET", apache + iri.removeprefix(BASE), redirect=False, headers={"Accept": "text/turtle"})
    assert (answer.status, answer.headers["Location"]) == (status, SITE + path)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["id/", "graphs/a/b", "iets-anders", "definitie"])
def test_any_other_address_leads_nowhere(apache: str, path: str) -> None:
    assert urllib3.request("GET", apache + path, redirect=False).status == 404


@pytest.mark.slow
def test_an_address_cannot_bring_headers_or_another_host_along(apache: str) -> None:
    for path in ("id/x%0d%0aSet-Cookie:a=b", "id//elders.nl/x", "id/..%2f..%2f"):
        answer = urllib3.request("GET", apache + path, redirect=False)
        assert "Set-Cookie" not in answer.headers
        assert re.match(rf"{SITE}/", answer.headers.get("Location", f"{SITE}/"))
