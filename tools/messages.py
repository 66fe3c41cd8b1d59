"""Catalogues of messages: collect what the source says, and compile what the pages read.

Usage: ``python -m tools.messages collect`` writes new messages into the catalogues and drops those that nobody says any
more; ``python -m tools.messages compile`` writes the compiled catalogues beside them, which no repository holds.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.message_sources import ROOM, list_messages

LANGUAGES: Final = ("fr", "uk")
"""English is what the source says itself."""
_HEAD: Final = r"""# Messages of the headquarters; collected by `python -m tools.messages collect`, translated by hand.
msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""
"""Says no time and no name: what did not change is written as it was."""


def catalogue_of(language: str) -> Path:
    """The catalogue of a language."""
    return ROOM / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The messages of a language, as translated so far."""
    with catalogue_of(language).open("rb") as file:
        return read_po(file, locale=language)


def collect() -> Catalog:
    """What the source says, with the files that say it."""
    said = Catalog()
    for found in list_messages():
        text = (found.text, found.plural) if found.plural else found.text
        said.add(text, locations=[(found.file, 0)])
    return said


def write_catalogues() -> None:
    """Bring the catalogues up to what the source says; translations stay, and nothing is guessed."""
    said = collect()
    for language in LANGUAGES:
        path = catalogue_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = read_catalogue(language) if path.exists() else Catalog(locale=language)
        kept.update(said, no_fuzzy_matching=True)
        with path.open("wb") as file:
            file.write(_HEAD.format(language=language, plurals=kept.plural_forms).encode())
            write_po(
                file, kept, ignore_obsolete=True, include_lineno=False, width=120, sort_by_file=True, omit_header=True
            )


def compile_catalogues() -> None:
    """Write the compiled catalogues, each whole or not at all."""
    for language in LANGUAGES:
        path = catalogue_of(language).with_suffix(".mo")
        half = path.with_suffix(".part")
        with half.open("wb") as file:
            write_mo(file, read_catalogue(language))
        half.replace(path)


def main() -> int:
    """Collect or compile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["collect", "compile"])
    {"collect": write_catalogues, "compile": compile_catalogues}[parser.parse_args().what]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
