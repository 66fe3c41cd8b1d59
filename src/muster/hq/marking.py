"""Labels in words, and the marking of a page: worked out from what is on it."""

from collections.abc import Iterable

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import HEADQUARTERS


def banner_of(labels: Iterable[Label]) -> str:
    """The highest marking of what is shown, and the nations that may see all of it.

    Examples
    --------
    >>> fra = Label("FRA", Marking.RESTRICTED, frozenset({"GBR", "POL"}))
    >>> banner_of([fra, Label("GBR", Marking.OPEN, frozenset({"POL"}))])
    'RESTRICTED, releasable to GBR POL'
    >>> banner_of([])
    'OPEN'
    """
    shown = list(labels)
    if not shown:
        return Marking.OPEN.upper()
    marking = max((label.marking for label in shown), key=list(Marking).index)
    limited = [label.releasable_to | {label.owner} for label in shown if EVERY_NATION not in label.releasable_to]
    if not limited:
        return f"{marking.upper()}, releasable to every nation"
    nations = frozenset.intersection(*limited) - {HEADQUARTERS}
    return (
        f"{marking.upper()}, releasable to {' '.join(sorted(nations))}"
        if nations
        else f"{marking.upper()}, headquarters only"
    )


def label_in_words(label: Label) -> str:
    """A label as people read it; the headquarters sees everything beside those named.

    Examples
    --------
    >>> label_in_words(Label("FRA", Marking.RESTRICTED, frozenset({"POL", "GBR"})))
    'restricted: FRA GBR POL'
    >>> label_in_words(Label("FRA", Marking.OPEN, frozenset({EVERY_NATION})))
    'open: every nation'
    """
    if EVERY_NATION in label.releasable_to:
        return f"{label.marking}: every nation"
    nations = " ".join(sorted(({label.owner} | label.releasable_to) - {HEADQUARTERS}))
    return f"{label.marking}: {nations or 'headquarters only'}"
