"""Who may see what: so far, the labels that things carry."""

from muster.disclosure.labels import EVERY_NATION, Label, LabelRefused, Marking

__all__ = ["EVERY_NATION", "Label", "LabelRefused", "Marking"]
