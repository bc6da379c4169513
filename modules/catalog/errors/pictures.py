"""Why a picture is refused."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PictureImpossibleError(UserError):
    """A picture that is too large, or none."""

    code = "catalog.picture_impossible"
    constraints = ("pictures_are_small", "pictures_are_png_or_jpeg")
    message = N_("A picture is a PNG or JPEG of up to 256 kB. Choose the file again.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})


class PictureUnreadableError(UserError):
    """A file that holds no picture, or a broken one."""

    code = "catalog.picture_unreadable"
    message = N_("{file} holds no picture that can be read. Choose a PNG, JPEG or WebP file.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})


class PictureTooLargeError(UserError):
    """A picture with more points than any camera makes."""

    code = "catalog.picture_too_large"
    message = N_("{file} is too large. Choose a picture of less than 80 million points.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})
