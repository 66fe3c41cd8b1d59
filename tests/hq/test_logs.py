"""Logs of a headquarters hold nothing that a nation says."""

import logging
import sys
from typing import Any

from django.conf import settings

from muster.hq.places_only import PlacesOnly

_LOGGING: Any = settings.LOGGING


def test_an_error_is_logged_by_its_place_and_not_by_what_it_says() -> None:
    try:
        int("FRA offers two brigades")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error", (), sys.exc_info())
    line = PlacesOnly().format(record)
    assert "FRA" not in line
    assert f"ValueError at {__file__}:" in line


def test_every_handler_writes_that_way() -> None:
    assert {handler["formatter"] for handler in _LOGGING["handlers"].values()} == {"places"}
    assert _LOGGING["formatters"]["places"]["()"] == "muster.hq.places_only.PlacesOnly"
