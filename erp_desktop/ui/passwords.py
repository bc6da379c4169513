"""Passwords that a user asked to be remembered: in the system's keyring, and nowhere else."""

import asyncio
import contextlib
from typing import Any

_SERVICE = "erp-desktop"


async def keep(server: str, login: str, password: str) -> bool:
    """Remember `password`, or forget the one that was, if it is empty; whether that worked."""
    return bool(await _in_thread(_keep, f"{login}@{server}", password))


async def recall(server: str, login: str) -> str:
    """Return the remembered password, or nothing."""
    return str(await _in_thread(_recall, f"{login}@{server}") or "")


async def _in_thread(function: Any, *args: Any) -> Any:
    # The keyring may ask the user to unlock it, which takes as long as the user takes.
    return await asyncio.get_running_loop().run_in_executor(None, function, *args)


def _keep(account: str, password: str) -> bool:
    import keyring  # noqa: PLC0415 - takes long to import
    from keyring.errors import KeyringError  # noqa: PLC0415 - same

    with contextlib.suppress(KeyringError):
        if password:
            keyring.set_password(_SERVICE, account, password)
        elif keyring.get_password(_SERVICE, account) is not None:
            keyring.delete_password(_SERVICE, account)
        return True
    return False


def _recall(account: str) -> str | None:
    import keyring  # noqa: PLC0415 - takes long to import
    from keyring.errors import KeyringError  # noqa: PLC0415 - same

    with contextlib.suppress(KeyringError):
        return keyring.get_password(_SERVICE, account)
    return None
