"""Rows with a label."""

from django.db import models

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import EVERY_NATION_BIT, FIRST_NATION_BIT, STAFF_BIT, Masks, bits_of, masks_of

MARKINGS = tuple(Marking)
"""In the order of their numbers, the least first."""


class Labelled(models.Model):
    """A row that is seen by whom its label releases it to; the database keeps to it.

    ``owner`` is the code of a nation, or that of the headquarters.
    """

    owner = models.CharField(max_length=3)
    marking = models.SmallIntegerField(choices=[(number, marking.value) for number, marking in enumerate(MARKINGS)])
    rel_low = models.BigIntegerField()
    rel_high = models.BigIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(marking__gte=0, marking__lt=len(MARKINGS)), name="%(class)s_marking_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rel_low__gte=0, rel_high__gte=0), name="%(class)s_masks_are_not_negative"
            ),
        ]

    @property
    def object_kind(self) -> str:
        """What kind of thing it is: ``plans.offer``."""
        return self._meta.label_lower

    def put_label(self, label: Label, bits: dict[str, int]) -> None:
        """Set the columns of a label; its owner and the staff of the headquarters see it always.

        Parameters
        ----------
        bits
            Bit of each principal by its code.
        """
        named = {EVERY_NATION_BIT if code == EVERY_NATION else bits[code] for code in label.releasable_to}
        self.owner, self.marking = label.owner, MARKINGS.index(label.marking)
        self.rel_low, self.rel_high = masks_of({STAFF_BIT, bits[label.owner], *named})

    def copy_label(self, other: "Labelled") -> None:
        """Set the label of another row."""
        self.owner, self.marking = other.owner, other.marking
        self.rel_low, self.rel_high = other.rel_low, other.rel_high

    def narrow_label(self, other: "Labelled") -> None:
        """Release the row to nobody to whom another row of its owner is not released, under the higher marking."""
        mine = bits_of(Masks(self.rel_low, self.rel_high))
        others = bits_of(Masks(other.rel_low, other.rel_high))
        both = set(mine & others)
        for wide, narrow in ((mine, others), (others, mine)):
            if EVERY_NATION_BIT in wide:
                both |= {bit for bit in narrow if bit >= FIRST_NATION_BIT}
        self.marking = max(self.marking, other.marking)
        self.rel_low, self.rel_high = masks_of(both)

    def label(self, bits: dict[str, int]) -> Label:
        """The label that the columns stand for; the staff of the headquarters is not named in it."""
        released = bits_of(Masks(self.rel_low, self.rel_high)) - {STAFF_BIT}
        if EVERY_NATION_BIT in released:
            return Label(self.owner, MARKINGS[self.marking], frozenset({EVERY_NATION}))
        names = {bit: code for code, bit in bits.items()}
        return Label(self.owner, MARKINGS[self.marking], frozenset(names[bit] for bit in released) - {self.owner})
