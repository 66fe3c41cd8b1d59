"""Security keys and passkeys (WebAuthn): what the browser is asked, and what it answers."""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME: Final = "Muster"
_UNREADABLE: Final = (ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError, struct.error)
"""What an answer raises that was made up."""
_LOCAL: Final = "localhost"


class KeyRefused(Exception):
    """An answer of a browser that proves nothing."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where pages are served, as a browser sees it.

    Attributes
    ----------
    scheme
        ``https``, or ``http`` on the machine itself.
    host
        Name, with a port where it is not the usual one.
    """

    scheme: str
    host: str

    @property
    def name(self) -> str:
        """The name without the port: keys are for it."""
        return self.host.partition(":")[0]

    def takes_keys(self) -> bool:
        """Whether a browser lets keys be used here: by a name, over TLS or on the machine itself."""
        is_address = self.host.startswith("[") or self.name.replace(".", "").isdecimal()
        return not is_address and (self.scheme == "https" or self.name == _LOCAL)

    def __str__(self) -> str:
        """Give it as a browser writes it."""
        return f"{self.scheme}://{self.host}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked, and what is needed to judge its answer.

    Attributes
    ----------
    options
        For the browser, as JSON.
    state
        For the session: the challenge, good for one answer.
    """

    options: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was added: its id, its public half, and what it has counted."""

    credential: bytes
    public: bytes
    counter: int


def ask_for_new(origin: Origin, *, account: str, post: str, title: str, known: Sequence[bytes]) -> Asked:
    """Ask a browser for a new key; one that is known already is not taken.

    Parameters
    ----------
    known
        Public halves of the keys of the account.
    """
    user = PublicKeyCredentialUserEntity(id=account.encode(), name=post, display_name=title)
    options, state = _server(origin).register_begin(
        user,
        [AttestedCredentialData(public) for public in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Asked(json.dumps(dict(options)["publicKey"]), dict(state))


def take_new(origin: Origin, state: Mapping[str, Any], answer: str) -> NewKey:
    """Judge the answer to :func:`ask_for_new`.

    Raises
    ------
    KeyRefused
        When it is not an answer to that.
    """
    try:
        response = RegistrationResponse.from_dict(json.loads(answer))
        data = _server(origin).register_complete(state, response)
    except _UNREADABLE as error:
        raise KeyRefused(str(error)) from error
    assert data.credential_data is not None
    return NewKey(data.credential_data.credential_id, bytes(data.credential_data), data.counter)


def ask_for_known(origin: Origin, known: Sequence[bytes]) -> Asked:
    """Ask a browser for a key of the account."""
    options, state = _server(origin).authenticate_begin(
        [AttestedCredentialData(public) for public in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    return Asked(json.dumps(dict(options)["publicKey"]), dict(state))


def take_known(origin: Origin, state: Mapping[str, Any], known: Sequence[bytes], answer: str) -> tuple[bytes, int]:
    """Judge the answer to :func:`ask_for_known`; gives the id of the key that was used, and what it counted.

    Raises
    ------
    KeyRefused
        When it is not an answer to that by one of the keys.
    """
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        keys = [AttestedCredentialData(public) for public in known]
        used = _server(origin).authenticate_complete(state, keys, response)
    except _UNREADABLE as error:
        raise KeyRefused(str(error)) from error
    return used.credential_id, response.response.authenticator_data.counter


def _server(origin: Origin) -> Fido2Server:
    """A judge of answers from exactly this origin."""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=origin.name, name=NAME),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda said: said == str(origin),
    )
