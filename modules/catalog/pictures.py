"""Pictures of products: any photograph made small enough to travel with the product."""

import io
from base64 import b64decode, b64encode
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from modules.catalog.errors import PictureTooLargeError, PictureUnreadableError

EDGE = 512
MOST = 200_000
# What a camera makes is less; a file beyond is no picture of a product.
_LARGEST_FILE = 50_000_000
_LARGEST_PIXELS = 80_000_000
_QUALITIES = (85, 75, 65, 50, 35)


def read_picture(path: Path) -> str:
    """Return the picture in a file, scaled, as `image/jpeg;base64,…`.

    Raises:
        PictureUnreadableError: It holds no picture, or a broken one.
        PictureTooLargeError: It is larger than any camera makes.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise PictureTooLargeError(file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise PictureUnreadableError(file=path.name) from error
    return scaled(content, path.name)


def scaled(content: bytes, name: str = "") -> str:
    """Return a picture of at most 512 points a side and 200 kB, as `image/jpeg;base64,…`.

    What is transparent stays so, in a PNG; everything else becomes a JPEG.

    Raises:
        PictureUnreadableError: It is no picture, or a broken one.
        PictureTooLargeError: It has more points than any camera makes.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > _LARGEST_PIXELS:
                raise PictureTooLargeError(file=name)
            opened.draft("RGB", (2 * EDGE, 2 * EDGE))
            upright = ImageOps.exif_transpose(opened)
            image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
            return _packed(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureUnreadableError(file=name) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLargeError(file=name) from error


def content_of(picture: str) -> bytes:
    """Return the file behind `image/jpeg;base64,…`."""
    return b64decode(picture.partition(";base64,")[2])


def _packed(image: Image.Image) -> str:
    if image.mode == "RGBA":
        return _told("image/png", _png(image))
    for quality in _QUALITIES:
        kept = _jpeg(image, quality)
        if len(kept) <= MOST:
            break
    return _told("image/jpeg", kept)


def _png(image: Image.Image) -> bytes:
    """A photograph without its ground is large as a PNG: fewer colours, then fewer points."""
    kept = _saved(image, "PNG")
    edge = EDGE
    while len(kept) > MOST:
        small = image.copy()
        small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        kept = _saved(small.quantize(256, Image.Quantize.FASTOCTREE), "PNG")
        edge = edge * 3 // 4
    return kept


def _jpeg(image: Image.Image, quality: int) -> bytes:
    return _saved(image, "JPEG", quality=quality)


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, optimize=True, **options)
    return out.getvalue()


def _told(media_type: str, content: bytes) -> str:
    return f"{media_type};base64,{b64encode(content).decode()}"
