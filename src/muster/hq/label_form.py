"""The form in which an owner says who may see a thing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import HEADQUARTERS, OBSERVERS
from muster.hq.people.queries import list_principals


class LabelForm(forms.Form):
    """Who may see a thing beside its owner and the headquarters."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    marking = forms.ChoiceField(choices=[(marking.value, marking.value) for marking in MARKINGS], label=_("Marking"))
    every_nation = forms.BooleanField(required=False, label=_("Every nation of the coalition"))
    releasable_to = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Releasable to")
    )

    def __init__(self, *args: Any, owner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner = owner
        self.fields["releasable_to"].choices = [  # type: ignore[attr-defined]
            *((each.code, str(each)) for each in list_principals() if each.code not in {owner, HEADQUARTERS}),
            (OBSERVERS, _("Observers, who see what is marked open")),
        ]

    @classmethod
    def said(cls, label: Label, version: int) -> dict[str, Any]:
        """What the form says at first, of a thing with this label and version."""
        return {
            "version": version,
            "marking": label.marking,
            "every_nation": EVERY_NATION in label.releasable_to,
            "releasable_to": sorted(label.releasable_to),
        }

    def label(self) -> Label:
        """The label that was chosen."""
        chosen = self.cleaned_data
        released = {EVERY_NATION} if chosen["every_nation"] else set(chosen["releasable_to"])
        return Label(self._owner, Marking(chosen["marking"]), frozenset(released))
