"""A person who reads pages, follows links by their words and presses buttons by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser

import time_machine
from django.http import HttpResponse
from django.test import Client

_LOGIN = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Control:
    """One thing of a form that is sent: by its name, found by its label."""

    name: str
    value: str
    kind: str
    id: str = ""
    on: bool = True
    choices: dict[str, str] = field(default_factory=dict)


@dataclass
class Form:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: dict[str, Control] = field(default_factory=dict)


class Sheet(HTMLParser):
    """What a person can read and do on a page without scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.words: list[str] = []
        self._form: Form | None = None
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self._select: Control | None = None
        self._hidden = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen = {key: value or "" for key, value in attrs}
        if tag in ("script", "style", "template", "head"):
            self._hidden += 1
        if tag == "form":
            self._form = Form(seen.get("action", ""), seen.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None and "name" in seen:
            kind = seen.get("type", "text")
            on = kind not in ("radio", "checkbox") or "checked" in seen
            self._form.controls.append(
                Control(seen["name"], seen.get("value", ""), kind, seen.get("id", ""), on)
            )
        elif tag == "select" and self._form is not None:
            self._select = Control(seen["name"], "", "select", seen.get("id", ""))
            self._form.controls.append(self._select)
        if tag in ("a", "button", "label", "option", "textarea"):
            self._open.append((tag, seen, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "template", "head"):
            self._hidden -= 1
        if tag == "form":
            self._form = None
        if self._open and self._open[-1][0] == tag:
            _, seen, said = self._open.pop()
            self._close(tag, seen, " ".join("".join(said).split()))

    def _close(self, tag: str, seen: dict[str, str], said: str) -> None:
        if tag == "a":
            self.links[said] = seen.get("href", "")
        elif tag == "label":
            self.labels[said] = seen.get("for", "")
        elif tag == "button" and self._form is not None:
            made = Control(seen.get("name", ""), seen.get("value", ""), "button")
            self._form.buttons[said] = made
        elif tag == "textarea" and self._form is not None:
            made = Control(seen["name"], said, "text", seen.get("id", ""))
            self._form.controls.append(made)
        elif tag == "option" and self._select is not None:
            value = seen.get("value", said)
            self._select.choices[said] = value
            if "selected" in seen or not self._select.value:
                self._select.value = value

    def handle_data(self, data: str) -> None:
        for _, _, said in self._open:
            said.append(data)
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@dataclass
class Walker:
    """One person at the pages, at whatever moment the journey says it is."""

    person_id: object
    client: Client = field(default_factory=Client)
    path: str = "/"
    page: Sheet = field(default_factory=lambda: Sheet(""))
    at: datetime | None = None

    def __post_init__(self) -> None:
        from coop.members.models import User

        self.client.force_login(User.objects.get(pk=str(self.person_id)), _LOGIN)

    def opens(self, path: str) -> Sheet:
        return self._arrives(self._asks("get", path))

    def follows(self, words: str) -> Sheet:
        """The first link whose words hold these."""
        found = [to for said, to in self.page.links.items() if words in said]
        assert found, f"No link says {words!r}: {sorted(self.page.links)}"
        return self.opens(found[0])

    def offers(self, button: str) -> bool:
        """Whether the page has this button."""
        return any(button in form.buttons for form in self.page.forms)

    def presses(self, button: str, **fields: str) -> Sheet:
        """Fill what the labels say (underscores read as blanks) and press a button."""
        form = next((f for f in self.page.forms if button in f.buttons), None)
        assert form is not None, f"No button says {button!r}: {self.page.text[:1500]}"
        for label, value in fields.items():
            self._fill(form, label.replace("_", " "), value)
        sent = {c.name: c.value for c in form.controls if c.on}
        pressed = form.buttons[button]
        if pressed.name:
            sent[pressed.name] = pressed.value
        return self._arrives(self._asks(form.method, form.action or self.path, sent))

    def _fill(self, form: Form, label: str, value: str) -> None:
        ids = {to for said, to in self.page.labels.items() if label.lower() in said.lower()}
        for control in form.controls:
            if control.id not in ids or not control.id:
                continue
            if control.kind == "select":
                control.value = control.choices.get(value, value)
            elif control.kind == "radio":
                for other in form.controls:
                    other.on = other.on and other.name != control.name
                control.on = True
            else:
                control.value, control.on = value, True
            return
        raise AssertionError(f"No field is called {label!r}: {sorted(self.page.labels)}")

    def _asks(self, method: str, path: str, data: dict[str, str] | None = None) -> HttpResponse:
        assert self.at is not None
        with time_machine.travel(self.at, tick=False):
            answer: HttpResponse = getattr(self.client, method)(path, data or {}, follow=True)
        return answer

    def _arrives(self, answer: HttpResponse) -> Sheet:
        self.page = Sheet(answer.content.decode())
        assert answer.status_code == 200, (answer.status_code, self.page.text[:1500])
        gone = getattr(answer, "redirect_chain", [])
        asked = answer.request["PATH_INFO"]  # type: ignore[attr-defined]
        self.path = gone[-1][0] if gone else asked
        return self.page

    def figure(self, pattern: str) -> str:
        """The first sum on the page after these words."""
        found = re.search(pattern, self.page.text)
        assert found, f"{pattern!r} is not on {self.path}: {self.page.text[:3000]}"
        return found.group(1)
