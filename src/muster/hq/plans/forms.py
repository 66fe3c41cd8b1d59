"""Forms of offers."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.forces import OfferStatus
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.people.models import HEADQUARTERS
from muster.hq.people.queries import list_principals
from muster.hq.plans.actions import FIELDS
from muster.hq.plans.choices import STATUSES
from muster.hq.plans.models import Offer
from muster.measures import DayOffset, UnreadableOffset

_HELP = {
    "offer_id": _("As your nation names it, for example FRA-INF1; no other offer of your nation may have it."),
    "capability": _("The same word as in the requirement that it should fill."),
    "quantity": _("All units that you have for it, those that rest and prepare included."),
    "in_place_max": _("Most units that may be in place at one time; empty is all of them."),
    "people": _("People of one unit."),
    "notice_days": _("Notice to move: days from the order until the unit is ready to load; empty is not said."),
    "available_from": _("For example C+30; empty is at any time."),
    "available_until": _("For example C+400; empty is without an end."),
    "gates": _("Ids of gates that must open first, parted by semicolons."),
    "has": _("Attributes such as english or night, parted by semicolons."),
    "tour_max_months": _("Longest time in place of one unit; empty is the usual tour."),
    "home": _("Place where the unit starts."),
    "said_on": _("Date on which it was said, for example 2026-03-27."),
    "source": _("Where it was said; write notional for an example."),
}


class Words(forms.CharField):
    """Words parted by semicolons."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as text."""
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read text as a list."""
        return [word for part in (super().to_python(value) or "").split(";") if (word := part.strip())]


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """An offer as its nation enters it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    gates = Words(required=False, help_text=_HELP["gates"])
    has = Words(required=False, help_text=_HELP["has"])

    class Meta:
        model = Offer
        fields = FIELDS
        help_texts = _HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        choices = [("", "---------"), *(each for each in STATUSES if each[0] != OfferStatus.WITHDRAWN)]
        self.fields["status"] = forms.ChoiceField(choices=choices, help_text=_("How firm the word is."))

    def _clean_day(self, name: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        if text:
            try:
                return str(DayOffset.parse(text))
            except UnreadableOffset as refused:
                raise forms.ValidationError(str(refused)) from refused
        return text

    def clean_available_from(self) -> str:
        """Read a day."""
        return self._clean_day("available_from")

    def clean_available_until(self) -> str:
        """Read a day."""
        return self._clean_day("available_until")

    def values(self) -> dict[str, Any]:
        """What was entered, by field."""
        return {field: self.cleaned_data[field] for field in FIELDS}


class LabelForm(forms.Form):
    """Who may see an offer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    marking = forms.ChoiceField(choices=[(marking.value, marking.value) for marking in MARKINGS])
    every_nation = forms.BooleanField(required=False, label=_("Every nation of the coalition"))
    releasable_to = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Releasable to")
    )
    template_name: ClassVar[str] = "form.html"

    def __init__(self, *args: Any, owner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner = owner
        self.fields["releasable_to"].choices = [  # type: ignore[attr-defined]
            (each.code, str(each)) for each in list_principals() if each.code not in {owner, HEADQUARTERS}
        ]

    def label(self) -> Label:
        """The label that was chosen."""
        chosen = self.cleaned_data
        released = {EVERY_NATION} if chosen["every_nation"] else set(chosen["releasable_to"])
        return Label(self._owner, Marking(chosen["marking"]), frozenset(released))
