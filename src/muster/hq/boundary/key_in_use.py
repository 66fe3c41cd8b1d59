"""The key that contexts are signed with now; it changes while a headquarters is served."""

from django.conf import settings

from muster.hq.context_key import Key
from muster.hq.folder import SECRETS_NAME, read_secrets

_read: dict[tuple[int, int], Key] = {}


def key_in_use() -> Key:
    """The key of the context, read again when its file was written anew."""
    told = (settings.FOLDER / SECRETS_NAME).stat()
    mark = told.st_ino, told.st_mtime_ns
    key = _read.get(mark)
    if key is None:
        key = read_secrets(settings.FOLDER).context_key
        _read.clear()
        _read[mark] = key
    return key
