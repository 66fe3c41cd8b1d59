"""Files that pages load: collected once under names with a digest, so that browsers may keep them for good."""

from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    """Gives names with a digest where files are collected, and plain ones where they are not, as in tests."""

    def stored_name(self, name: str) -> str:
        """Name with the digest of what is in the file.

        Raises
        ------
        ValueError
            When files are collected, and this is not among them.
        """
        return str(super().stored_name(name)) if self.hashed_files else name


def collect() -> None:
    """Collect the files for the headquarters that this process works for; those of an older version stay for a while.

    Raises
    ------
    OSError
        When they cannot be written.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
