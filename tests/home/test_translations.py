"""Every string a person may see is whole in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from coop.embedded.translations import compile_translations
from coop.home.management import strings
from coop.home.management.strings.extract import MARKS

OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FIELD = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def _catalog(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("language", OTHERS)
def test_no_string_lacks_its_translation(language: str) -> None:
    found = strings.every_string(settings.BASE_DIR)
    assert len(found) > 100
    assert strings.missing(strings.load(_catalog(language), language), found) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_fields_of_its_original(language: str) -> None:
    wrong = []
    for message in strings.load(_catalog(language), language):
        if not message.id:
            continue
        originals = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
        said = message.string or ""
        texts = list(said) if isinstance(said, tuple | list) else [said]
        allowed = {m.group() for text in originals for m in FIELD.finditer(text)}
        for text in texts:
            if {m.group() for m in FIELD.finditer(text or "")} - allowed:
                wrong.append(text)
    assert wrong == []


def test_a_missing_string_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "coop").mkdir()
    (tmp_path / "coop" / "page.html").write_text("{% load i18n %}{% translate 'Never seen' %}")
    found = strings.every_string(tmp_path)
    assert strings.missing(strings.load(tmp_path / "no.po", "es"), found) == ["Never seen"]


def test_only_our_own_catalogues_are_compiled(tmp_path: Path) -> None:
    """A fresh clone has `.venv` inside it, with catalogues of others that may not even be readable."""
    ours = tmp_path / "coop" / "locale" / "es" / "LC_MESSAGES"
    theirs = tmp_path / ".venv" / "package" / "locale" / "es" / "LC_MESSAGES"
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
    (ours / "django.po").write_text('msgid "Visit"\nmsgstr "Visita"\n')
    (theirs / "django.po").write_text('msgid ""\nmsgstr "PO-Revision-Date: \\n"\n')
    assert compile_translations([tmp_path / "coop" / "locale"]) == 1
    assert (ours / "django.mo").exists()
    assert not (theirs / "django.mo").exists()
    assert compile_translations([tmp_path / "coop" / "locale"]) == 0


def test_no_mark_goes_by_a_name_the_gate_does_not_know() -> None:
    """A string marked through an alias the extractor has never heard of would be missed."""
    alias = re.compile(r"\b\w*gettext\w* as (\w+)")
    used = {
        name
        for top in ("coop", "governance", "bookings", "payments")
        for path in (settings.BASE_DIR / top).rglob("*.py")
        for name in alias.findall(path.read_text())
    }
    assert used - set(MARKS) == set()
