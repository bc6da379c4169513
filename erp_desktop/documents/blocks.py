"""What a receipt is made of. Texts are worded by whoever composes it; nothing is markup."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["start", "center", "end"]
Size = Literal["small", "normal", "large", "huge"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `start` is where the language begins to read."""

    text: str
    align: Align = "start"
    bold: bool = False
    size: Size = "normal"


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and, at the other side of the paper, its value."""

    label: str
    value: str
    bold: bool = False
    size: Size = "normal"


@dataclass(frozen=True, slots=True)
class Item:
    """A product with its figures on a line below its name, which may need several."""

    name: str
    quantity: str
    unit_price: str
    total: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper: dashed between parts, solid above a total."""

    solid: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """White paper, in millimetres."""

    height: float = 2


@dataclass(frozen=True, slots=True)
class Banner:
    """What nobody may overlook, white on black: “duplicate”."""

    text: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 of printable ASCII, with its text below."""

    value: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, for a telephone to read."""

    value: str


Block = Text | Pair | Item | Rule | Space | Banner | Barcode | QrCode


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything on one strip of paper, from top to bottom.

    Attributes:
        title: Name of the document in the file, such as its number.
    """

    title: str
    blocks: tuple[Block, ...]
