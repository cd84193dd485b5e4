"""A walk through the team scan as a browser without script makes it: a page, its form, what was typed, a button."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"input", "option"}


@dataclass
class Form:
    """The fields of the form `scan` with what a browser would send of them, and its buttons."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    ticks: dict[tuple[str, str], bool] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form, self.inside, self.area, self.select = Form(), False, "", ""
        self.first, self.chosen, self.option = "", None, None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in given}
        if tag == "form":
            self.inside = has.get("id") == "scan"
        name = has.get("name", "")
        if tag == "button" and (self.inside or has.get("form") == "scan"):
            self.form.buttons.append((has.get("formaction", ""), name, has.get("value", "")))
        if not self.inside:
            return
        if name and has.get("id"):
            self.form.ids[name] = has["id"]
        if tag == "input" and has.get("type") in ("radio", "checkbox"):
            self.form.ticks[name, has.get("value", "on")] = "checked" in has
        elif tag == "input":
            self.form.fields.append((name, has.get("value", "")))
        elif tag == "textarea":
            self.area = name
            self.form.fields.append((name, ""))
        elif tag == "select":
            self.select, self.first, self.chosen = name, "", None
        elif tag == "option":
            self.option = has.get("value", "")
            if not self.first and self.chosen is None:
                self.first = self.option
            if "selected" in has:
                self.chosen = self.option if "value" in has else None
                self.wanted = "value" not in has
            else:
                self.wanted = False

    def handle_data(self, data: str) -> None:
        if self.area:
            name, before = self.form.fields[-1]
            self.form.fields[-1] = (name, before + data)
        elif self.select and self.option is not None and getattr(self, "wanted", False):
            self.chosen, self.wanted = data.strip(), False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            name, text = self.form.fields[-1]
            self.form.fields[-1] = (name, text.removeprefix("\n"))
            self.area = ""
        elif tag == "select" and self.select:
            self.form.fields.append((self.select, self.first if self.chosen is None else self.chosen))
            self.select, self.option = "", None


class Walk:
    """The page someone is at. What is typed stays in its fields until a button is pressed."""

    def __init__(self, client: FlaskClient, path: str = "/nl/teamscan"):
        self._client = client
        self.answer: TestResponse = client.get(path)
        self._read()

    def _read(self) -> None:
        reader = _Reader()
        reader.feed(self.answer.text)
        self.form = reader.form
        self.typed: dict[str, str] = {}

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def scan(self) -> dict[str, Any]:
        """The scan as the page carries it."""
        found: dict[str, Any] = json.loads(self.value("stand"))
        return found

    def value(self, name: str) -> str:
        """What stands in a field, or which of the choices is made."""
        for (field_name, value), ticked in self.form.ticks.items():
            if field_name == name and ticked:
                return value
        return dict(self.form.fields)[name]

    def type(self, **values: str) -> "Walk":
        """Fill in fields; `__` in a name stands for `:` and `_` after it for nothing else than itself."""
        return self.put({name.replace("__", ":"): value for name, value in values.items()})

    def put(self, values: dict[str, str]) -> "Walk":
        """Fill in fields by their exact names. A field that is not on the page is a mistake of the test."""
        known = dict(self.form.fields)
        for name, value in values.items():
            assert name in known, (name, sorted(known))
            self.typed[name] = value
        return self

    def tick(self, name: str, value: str = "on", yes: bool = True) -> "Walk":
        """Choose a radio button, or tick a box."""
        assert (name, value) in self.form.ticks, (name, value)
        radio = sum(known == name for known, _ in self.form.ticks) > 1 and name not in ("kies",)
        for key in self.form.ticks:
            if key[0] == name and radio:
                self.form.ticks[key] = False
        self.form.ticks[name, value] = yes
        return self

    def body(self) -> list[tuple[str, str]]:
        sent = [(name, self.typed.get(name, value)) for name, value in self.form.fields]
        return sent + [(name, value) for (name, value), ticked in self.form.ticks.items() if ticked]

    def press(self, step: str, name: str = "", value: str = "", tongue: str = "nl") -> "Walk":
        """Press a button by where it leads (the last part of its address) and its value."""
        wanted = f"/{tongue}/teamscan" + (f"/{step}" if step else "")
        there = [
            b for b in self.form.buttons if b[0].partition("#")[0] == wanted and (not name or b[1:] == (name, value))
        ]
        assert there, (wanted, name, value, self.form.buttons)
        body = self.body() + ([(name, value)] if name else [])
        data: dict[str, list[str]] = {}
        for key, text in body:
            data.setdefault(key, []).append(text)
        self.answer = self._client.post(wanted, data=data)
        if self.answer.mimetype == "text/html":
            self._read()
        return self
