"""Labels that were set at several sites at once: until somebody says which holds, the narrowest does."""

from collections.abc import Sequence

from muster.disclosure.labels import EVERY_NATION, Label, Marking


def narrowest(labels: Sequence[Label]) -> Label:
    """What all labels of a thing allow: the highest marking, and nations that each of them names.

    Examples
    --------
    >>> wide = Label("FRA", Marking.OPEN, frozenset({EVERY_NATION}))
    >>> str(narrowest([wide, Label("FRA", Marking.RESTRICTED, frozenset({"POL", "GBR"}))]))
    'FRA/restricted/GBR+POL'
    """
    markings = list(Marking)
    marking = max((label.marking for label in labels), key=markings.index)
    named = [label.releasable_to for label in labels if EVERY_NATION not in label.releasable_to]
    released = frozenset.intersection(*named) if named else frozenset({EVERY_NATION})
    return Label(labels[0].owner, marking, released)
