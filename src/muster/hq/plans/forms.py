"""Forms of plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.hq.plans.choices import Kind, Verdict
from muster.hq.plans.made import Asked
from muster.hq.scenario.queries import known_names, list_versions

LONGEST_S = 3600
"""Longest time that a plan may be asked to take."""


class MakeForm(forms.Form):
    """What a plan is made of, and how long it may take."""

    kind = forms.ChoiceField(choices=Kind.choices, label=_("What"))
    title = forms.CharField(max_length=160, label=_("Title"), help_text=_("What tells it from the others."))
    of_version = forms.ChoiceField(
        required=False, label=_("Made of"), help_text=_("What stands now is kept as a version first.")
    )
    case = forms.ChoiceField(required=False, label=_("Case"))
    time_limit_s = forms.IntegerField(
        min_value=5,
        max_value=LONGEST_S,
        initial=120,
        label=_("Seconds it may take"),
        help_text=_("The longer, the better the plan and what is proved of it. It can be stopped at any time."),
    )
    seed = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, initial=1, label=_("Seed"), help_text=_("Equal seeds search alike.")
    )

    def __init__(self, *args: Any, owner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [(str(each.pk), str(each)) for each in list_versions() if each.owner == owner]
        cases = [(name, name) for name in known_names("cases")]
        self.fields["of_version"].choices = [("", _("what stands now")), *kept]  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", _("the scenario's own")), *cases]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was asked for."""
        given = self.cleaned_data
        return Asked(given["case"], given["seed"], float(given["time_limit_s"]))


class OpinionForm(forms.Form):
    """What a nation says to its part of a plan."""

    line = forms.UUIDField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Verdict.choices, label=_("Your nation"))
    text = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label=_("Why"),
        help_text=_("An objection or a remark needs its reason."),
    )  # fmt: skip
