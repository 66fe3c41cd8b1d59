"""Safe totals: the main path from what nations contribute to what everybody may see of it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from muster.disclosure.audit import P_PERCENT
from muster.disclosure.bands import band_interval, band_of
from muster.disclosure.contributions import AggregatesRefused, Contributions, PublishedSum
from muster.disclosure.knowledge import gather
from muster.disclosure.release import Edition, Release, Statement
from muster.disclosure.sensitivity import is_sensitive
from muster.disclosure.suppression import suppress

THRESHOLD = 3
"""Fewest contributors of a sum that is shown as a number."""


def safe_release(
    contributions: Contributions,
    sums: Sequence[PublishedSum],
    *,
    history: Sequence[Edition] = (),
    threshold: int = THRESHOLD,
    p_percent: int = P_PERCENT,
) -> Release:
    r"""Say as much of some sums as can be said without giving any nation's share away.

    Numbers that are sensitive by themselves are kept back. Then whatever else must be is kept back too, until nobody
    who reads this release and all before it can bound what another nation contributes, in any cell or sum of cells, to
    within :math:`p\,\%`; nor how much that changes from one release to another. Of a sum that is kept back, what was
    said before stands. Where the history gives something away by itself, a release adds nothing to that.

    Parameters
    ----------
    sums
        What to publish, the cells by themselves included.
    history
        Earlier releases of the same series with what they were made from, oldest first.

    Raises
    ------
    AggregatesRefused
        When sums share a name, the history is no series, or a rule makes no sense.
    """
    faults = list(_faults(sums, history, threshold, p_percent))
    if faults:
        raise AggregatesRefused(faults)
    number = len(history) + 1
    candidates = [_statement(contributions, one, number, threshold, p_percent) for one in sums]
    candidate = Edition(contributions, tuple(sums), Release(number, tuple(candidates)))
    knowledge = gather([*history, candidate])
    taken_back = suppress(knowledge, number, p_percent)
    is_new = knowledge.edition == number - 1
    withheld = {name for name, back in zip(knowledge.names, taken_back & is_new, strict=True) if back}
    before = {one.name: one for one in history[-1].release.statements} if history else {}
    statements = (
        candidate if candidate.shown is not None and candidate.name not in withheld
        else before.get(candidate.name, Statement(candidate.name, None))
        for candidate in candidates
    )  # fmt: skip
    return Release(number, tuple(statements))


def _statement(
    contributions: Contributions, one: PublishedSum, number: int, threshold: int, p_percent: int
) -> Statement:
    """What there is to say of a sum, unless it is a number that is sensitive by itself."""
    amounts = contributions.by_nation(one.cells)
    total = sum(amounts.values())
    if one.needed is not None:
        tells_surplus = len(amounts) >= threshold
        band = band_of(total, one.needed, tells_surplus=tells_surplus)
        return Statement(one.name, band, *band_interval(band, one.needed, tells_surplus=tells_surplus), number)
    if is_sensitive(amounts.values(), threshold=threshold, p_percent=p_percent):
        return Statement(one.name, None)
    return Statement(one.name, total, total, total, number)


def _faults(sums: Sequence[PublishedSum], history: Sequence[Edition], threshold: int, p_percent: int) -> Iterator[str]:
    """What makes a release impossible, one sentence each."""
    for name, count in Counter(one.name for one in sums).items():
        if count > 1:
            yield f'{count} sums are called "{name}"; give each a name of its own.'
    numbers = [edition.release.number for edition in history]
    if numbers != list(range(1, len(history) + 1)):
        yield f"The earlier releases are numbered {numbers}; give all of one series, from 1 on, oldest first."
    if threshold < 3:
        yield f"A threshold of {threshold} lets each of two contributors see the other's part; give 3 or more."
    if not 1 <= p_percent <= 49:
        yield f"The p % rule cannot be kept with p = {p_percent}; give 1 to 49."
