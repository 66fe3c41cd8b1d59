"""What was done, in words: each application names its verbs, and the journal knows none of them."""

from django.db.models import TextChoices

_WORDS: dict[str, type[TextChoices]] = {}


def name_verbs(verbs: type[TextChoices]) -> None:
    """Make the words of verbs known.

    Raises
    ------
    ValueError
        When another application has a verb of the same name.
    """
    for verb in verbs:
        if _WORDS.setdefault(verb.value, verbs) is not verbs:
            raise ValueError(f'There are two verbs named "{verb.value}"; name one otherwise.')


def in_words(verb: str) -> str:
    """A verb in the language of the reader; one of an application that is not here any more as it was recorded."""
    verbs = _WORDS.get(verb)
    return verb.replace("_", " ") if verbs is None else str(verbs(verb).label)
