"""A web server on this machine that answers in every way a host can: well, moved, gone, no, slowly, not at all."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLAIN = {
    "/goed": 200, "/goed/": 200, "/": 200, "/nieuw": 200, "/verboden": 403, "/weg": 404, "/echt-weg": 410,
    "/kapot": 500, "/wet": 451, "/robots-verboden": 200, "/404": 200,
}  # fmt: skip
REDIRECTS = {
    "/slash": (301, "/slash/"),
    "/verhuisd": (301, "/nieuw"),
    "/verhuisd-in-twee": (308, "/verhuisd"),
    "/even-elders": (302, "/nieuw"),
    "/even-en-dan-blijvend": (302, "/verhuisd"),
    "/naar-huis": (301, "/"),
    "/naar-huis-nl": (302, "/nl"),
    "/naar-fout": (302, "/404"),
    "/kring": (302, "/kring-terug"),
    "/kring-terug": (302, "/kring"),
    "/ftp": (301, "ftp://example.org/x"),
    "/met-naam": (301, "http://naam:wachtwoord@example.org/"),
    "/naar-verboden": (302, "/robots-verboden"),
    "/teken": (301, "/nie\u00fcw"),
}
ROBOTS = b"User-agent: *\nDisallow: /robots-verboden\nDisallow: /*?geheim\n"
HUGE = 50_000_000


class Host(BaseHTTPRequestHandler):
    """Answers by path; everything that was asked, and how much of the huge page went out, stays on the server."""

    server: "Web"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        path = self.path.partition("?")[0]
        with contextlib.suppress(OSError):
            if path == "/robots.txt":
                self._answer(*self.server.robots)
            elif path in REDIRECTS:
                status, location = REDIRECTS[path]
                self.send_response_only(status)
                self._head({"Location": location.encode().decode("latin-1"), "Content-Length": "0"})
            elif path.startswith("/ver/"):
                self.send_response_only(302)
                self._head(
                    {"Location": f"/ver/{int(path[5:]) - 1}" if path != "/ver/0" else "/goed", "Content-Length": "0"}
                )
            elif special := getattr(self, "_" + path.strip("/").replace("-", "_"), None):
                special()
            else:
                self._answer(PLAIN.get(path, 200 if path in ("/slash/", "/nie%C3%BCw", "/nl") else 404), b"<p>pagina")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response_only(status)
        self._head({"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}})
        self.wfile.write(body)

    def _head(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _te_vaak(self) -> None:
        self._answer(429, b"", Retry_After="90")

    def _muur(self) -> None:
        self._answer(200, b"<title>Just a moment...</title>")

    def _muur_403(self) -> None:
        self._answer(503, b"", cf_mitigated="challenge")

    def _stil(self) -> None:
        self.server.ended.wait(600)

    def _druppel_kop(self) -> None:
        """A head that never ends, a byte at a time: no single read takes long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Traag: ")
        self._drip()

    def _druppel(self) -> None:
        """A good head, and a body a byte at a time."""
        self.send_response_only(200)
        self._head({"Content-Length": "100000"})
        self._drip()

    def _drip(self) -> None:
        while not self.server.ended.wait(0.05):
            self.wfile.write(b"x")

    def _groot(self) -> None:
        self.send_response_only(200)
        self._head({"Content-Length": str(HUGE)})
        for _ in range(HUGE // 65536):
            self.wfile.write(b"x" * 65536)
            self.server.sent += 65536

    def _onzin(self) -> None:
        self.wfile.write(b"dit is geen HTTP\r\n\r\n")
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class Web(ThreadingHTTPServer):
    """A host on a free port of all loopback addresses (127.0.0.1, 127.0.0.2 and so on are different hosts)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Host)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.robots: tuple[int, bytes] = (200, ROBOTS)
        self.sent = 0
        self.ended = threading.Event()

    def at(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.server_port}{path}"

    def pages_asked(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextlib.contextmanager
def running() -> Iterator[Web]:
    """A server that is up; ended with the block."""
    web = Web()
    thread = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.ended.set()
        web.shutdown()
        web.server_close()
        thread.join(5)


class Clock:
    """A clock that moves only when somebody rests; safe for one thread."""

    def __init__(self) -> None:
        self.now = time.monotonic()
        self.rests: list[float] = []

    def __call__(self) -> float:
        return self.now

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds
