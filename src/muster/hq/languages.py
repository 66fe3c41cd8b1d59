"""The switch between languages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of this browser in a cookie, and go back to the page that the browser says it came from."""
    return set_language(request)
