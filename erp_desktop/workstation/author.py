"""Whose deed a command is: an Ed25519 key that only its owner's password opens.

The private key never leaves the workstation, and lies in the store wrapped by AES-GCM. The key that
wraps it comes from the password (Argon2id) *and* the device key: a stolen file is of no use without
the computer's keyring, and a stolen computer is of no use without the password.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a password costs: Argon2id's passes, memory in KiB, and lanes."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Author:
    """A signed-in user, able to sign until the program ends."""

    login: str
    _private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def new(cls, login: str) -> "Author":
        """Make an author with a new key."""
        return cls(login, Ed25519PrivateKey.generate())

    def sign(self, digest: bytes) -> bytes:
        """Sign the hash of a command."""
        return self._private.sign(digest)

    @property
    def public_key(self) -> str:
        """The public key as 64 hex digits, as head office registers it."""
        return self._private.public_key().public_bytes_raw().hex()

    def wrap(self, key: bytes) -> bytes:
        """Return the private key so that only `key` opens it, for this login only."""
        nonce = os.urandom(_NONCE_BYTES)
        raw = self._private.private_bytes_raw()
        return nonce + AESGCM(key).encrypt(nonce, raw, self.login.encode())

    @classmethod
    def unwrap(cls, login: str, wrapped: bytes, key: bytes) -> "Author | None":
        """Return the author, if `key` opens what `wrap` returned."""
        nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            raw = AESGCM(key).decrypt(nonce, sealed, login.encode())
        except InvalidTag:
            return None
        return cls(login, Ed25519PrivateKey.from_private_bytes(raw))


@dataclass(frozen=True, slots=True)
class PasswordKeys:
    """What a password becomes on this device: a verifier to keep, and a key to wrap with."""

    verifier: bytes
    wrapping: bytes

    @classmethod
    def derive(cls, password: str, *, salt: bytes, device: bytes, cost: Cost) -> "PasswordKeys":
        """Derive both, slowly; neither says anything about the other or the password."""
        stretched = hash_secret_raw(
            password.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID
        )
        mixed = hmac.digest(device, stretched, hashlib.sha512)
        return cls(verifier=mixed[:32], wrapping=mixed[32:])

    def fits(self, verifier: bytes) -> bool:
        """Whether this is the password of `verifier`."""
        return hmac.compare_digest(self.verifier, verifier)
