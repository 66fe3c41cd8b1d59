"""Forms of documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.hq.label_form import LabelForm
from muster.hq.records.documents.choices import DocumentKind
from muster.hq.records.documents.models import LONGEST_TITLE, Document
from muster.hq.records.documents.sent_files import LARGEST_MB, SUFFIXES, SentFile, read_sent

_ACCEPTED = ",".join(f".{suffix}" for suffix in SUFFIXES.split())


class TitleForm(forms.Form):
    """What a document is called, and of what kind it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        max_length=LONGEST_TITLE, label=_("Title"), help_text=_("What tells it from the others of its owner.")
    )
    kind = forms.ChoiceField(choices=DocumentKind.choices, label=_("Kind"))

    @classmethod
    def said(cls, document: Document) -> dict[str, Any]:
        """What the form says at first."""
        return {"version": document.version, "title": document.title, "kind": document.kind}


class VersionForm(forms.Form):
    """A file that is added as a version."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dated_on = forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        label=_("Date on the document"),
        help_text=_("Empty is not said."),
    )
    file = forms.FileField(
        allow_empty_file=True, widget=forms.FileInput({"accept": _ACCEPTED}), label=_("File")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("%(mb)d MB at most, without macros: %(formats)s.") % {
            "mb": LARGEST_MB,
            "formats": SUFFIXES,
        }

    def sent(self) -> SentFile:
        """The file that was sent.

        Raises
        ------
        DocumentRefused
            When it is too large to be read.
        """
        return read_sent(self.cleaned_data["file"], self.cleaned_data["dated_on"])


class DocumentForm(VersionForm, TitleForm):
    """A new document with its first version."""

    field_order = ("title", "kind", "dated_on", "file")


class DocumentLabelForm(LabelForm):
    """Who may see a document.

    Parameters
    ----------
    has_earlier
        Whether there are versions before the newest.
    """

    with_earlier = forms.BooleanField(
        required=False,
        label=_("Earlier versions too"),
        help_text=_("Otherwise nobody sees more of them than before."),
    )

    def __init__(self, *args: Any, has_earlier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_earlier:
            del self.fields["with_earlier"]
