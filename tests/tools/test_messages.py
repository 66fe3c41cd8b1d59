"""Whatever people read is a message, and every message stands in every catalogue, translated."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import message_sources
from tools.message_sources import list_messages, list_unmarked_in_python, list_unmarked_in_templates
from tools.messages import LANGUAGES, catalogue_of, compile_catalogues, read_catalogue

REMEDY = "run `python -m tools.messages collect`, and translate what it adds"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_what_the_source_says_and_nothing_else(language: str) -> None:
    said = {(found.text, found.plural) if found.plural else found.text for found in list_messages()}
    kept = {message.id for message in read_catalogue(language) if message.id}
    assert (said - kept, kept - said) == (set(), set()), REMEDY


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_in_all_its_forms(language: str) -> None:
    catalogue = read_catalogue(language)
    wrong = []
    for message in catalogue:
        forms = forms_of(message)
        expected = catalogue.num_plurals if message.pluralizable else 1
        if message.id and (message.fuzzy or len(forms) != expected or not all(form.strip() for form in forms)):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_message_fills_in(language: str) -> None:
    wrong = []
    for message in read_catalogue(language):
        single = message.id if isinstance(message.id, str) else message.id[0]
        wrong += [single for form in forms_of(message) if single and places(form) != places(single)]
    assert wrong == []


def forms_of(message: Message) -> list[str]:
    """Its translation, or one for each form of the plural."""
    told = message.string or ""
    return [told] if isinstance(told, str) else list(told)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%(?:\(\w+\))?[.\d]*[sdf%]", text))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", {0: "0 unité", 1: "1 unité", 2: "2 unités", 5: "5 unités", 21: "21 unités"}),
        ("uk", {1: "1 підрозділ", 2: "2 підрозділи", 5: "5 підрозділів", 11: "11 підрозділів", 21: "21 підрозділ"}),
    ],
)
def test_what_is_counted_takes_its_form(language: str, expected: dict[int, str]) -> None:
    compile_catalogues()
    with catalogue_of(language).with_suffix(".mo").open("rb") as file:
        told = GNUTranslations(file).ngettext
    assert {n: told("%(count)d unit", "%(count)d units", n) % {"count": n} for n in expected} == expected


def test_templates_say_nothing_that_is_no_message() -> None:
    assert list_unmarked_in_templates() == []


def test_reasons_of_refusals_are_messages() -> None:
    assert list_unmarked_in_python() == []


def test_text_and_attributes_that_are_no_message_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p title="Told{{ x }}">{% translate "one" %} two {{ three }}</p><b class="four">CSV</b>'
        "{% blocktranslate %}five {{ x }}{% endblocktranslate %}<script>six()</script> Z",
        encoding="utf-8",
    )
    monkeypatch.setattr(message_sources, "ROOT", tmp_path)
    monkeypatch.setattr(message_sources, "TEMPLATES", tmp_path)
    found = [text.replace("\N{REPLACEMENT CHARACTER}", "…") for _, text in list_unmarked_in_templates()]
    assert found == ["Told…", "two"]
