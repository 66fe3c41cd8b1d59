"""Forms of posts and their holders."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.hq.answers import Both
from muster.hq.people.choices import Answer, Role
from muster.hq.people.holdings import Said
from muster.hq.people.models import Holding, Post, Principal
from muster.hq.people.posts import CHANGEABLE, FIELDS

_LABELS = {
    "clearance": _("Cleared for"),
    "filled_by": _("Filled by"),
    "nation": _("Speaks for"),
    "rank": _("Rank (NATO code)"),
}
_HELP = {
    "code": _("Capitals and digits, parted by hyphens: J4-MOV, LNO-FRA-2."),
    "nation": _("For a liaison officer only: the nation whose rows the post enters."),
    "filled_by": _("The nation that sends somebody; empty is not said."),
}


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A post; code, role and nation are said once."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Post
        fields = tuple(name.removesuffix("_id") for name in FIELDS)
        help_texts = _HELP
        labels = _LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        nations = Principal.objects.order_by("code")
        for name in ("nation", "filled_by"):
            self.fields[name].queryset = nations  # type: ignore[attr-defined]
        if not self.instance._state.adding:  # noqa: SLF001 - the only way to ask
            for name in set(self.Meta.fields) - {each.removesuffix("_id") for each in CHANGEABLE}:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a liaison officer without a nation, and a nation for anybody else."""
        said = super().clean() or self.cleaned_data
        if (said.get("role") == Role.LIAISON) != (said.get("nation") is not None):
            self.add_error("nation", _("A liaison officer speaks for a nation, and nobody else does."))
        return said

    def values(self) -> dict[str, Any]:
        """What was said, by column."""
        said = self.cleaned_data
        return {
            name: getattr(said[name.removesuffix("_id")], "pk", None) if name.endswith("_id") else said[name]
            for name in FIELDS
        }


class HolderForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Who holds a post, as their nation says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_told = forms.BooleanField(required=False, label=_("Tell every nation that the post is filled, and until when"))

    class Meta:
        model = Holding
        fields = ("holder", "starts_on", "ends_on")
        labels = {"starts_on": _("From"), "ends_on": _("Until before")}
        help_texts = {
            "holder": _("A code of your nation and no name: FRA-0421."),
            "ends_on": _("First day without them; empty is not said."),
        }
        widgets = {
            "starts_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def said(self) -> Said:
        """What was said."""
        chosen = self.cleaned_data
        return Said(chosen["holder"], chosen["starts_on"], chosen["ends_on"], chosen["is_told"])

    def both(self, now: Holding, *, is_told: bool) -> list[Both]:
        """What was said beside what is saved by now, where they differ."""
        said = both_of(self, self.instance, now)
        mine = self.cleaned_data["is_told"]
        if mine != is_told:
            yes, no = str(_("yes")), str(_("no"))
            said.append((str(self.fields["is_told"].label), yes if mine else no, yes if is_told else no))
        return said


def both_of(form: forms.ModelForm, mine: models.Model, now: models.Model) -> list[Both]:  # type: ignore[type-arg]
    """Fields of a form in which what was said differs from what is saved by now, in words."""
    names = [name for name in form.fields if name in (form._meta.fields or ())]  # noqa: SLF001 - the only way to ask
    told = [(str(form.fields[name].label), _in_words(mine, name), _in_words(now, name)) for name in names]
    return [each for each in told if each[1] != each[2]]


def _in_words(thing: models.Model, name: str) -> str:
    value = getattr(thing, f"get_{name}_display", lambda: getattr(thing, name))()
    return "" if value is None else str(value)


class AnswerForm(forms.Form):
    """What the headquarters says to a holder."""

    verdict = forms.ChoiceField(choices=Answer.choices, label=_("Answer"))
    why = forms.CharField(max_length=200, required=False, label=_("Why"))
