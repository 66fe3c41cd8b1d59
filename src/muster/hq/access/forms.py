"""The form of a new key."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.hq.access.choices import Scope
from muster.hq.access.models import LASTS_AT_MOST

_USUAL_DAYS: Final = 30


class KeyForm(forms.Form):
    """What a key is for, what it may do, and how long."""

    name = forms.CharField(max_length=40, label=_("What the program is called"))
    scope = forms.ChoiceField(choices=Scope.choices, label=_("What it may do"))
    days = forms.IntegerField(
        min_value=1, max_value=LASTS_AT_MOST.days, initial=_USUAL_DAYS, label=_("Good for so many days")
    )
