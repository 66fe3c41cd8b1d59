"""What the page of notices sends."""

from django import forms


class SeenForm(forms.Form):
    """Until when one has seen one's notices: when the page was drawn."""

    until = forms.DateTimeField()
