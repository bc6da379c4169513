"""Keeping one product."""

from base64 import b64decode
from uuid import UUID

from erp_desktop.core.context import Context
from modules.catalog.permissions import Permission
from modules.catalog.services.drafts import ProductDraft


def save_product(
    ctx: Context, product_id: UUID, draft: ProductDraft, *, version: int | None = None
) -> int:
    """Keep a product with its packs, barcodes, prices and picture; return its new version.

    Args:
        ctx: The transaction to write in.
        product_id: Its id; a new one for a new product.
        draft: How it is to be.
        version: What the user saw; None creates it.

    Raises:
        NotAllowedError: The user may not edit products.
        StaleRecordError: Somebody changed it after the user read `version`.
        CodeTakenError: Another product has the code.
        BarcodeTakenError: Another product has one of the barcodes.
        BarcodeRepeatedError: One barcode stands at two packs of it.
        BarcodeUnreadableError: No scanner could send one of the barcodes.
        NameMissingError: Code or name is missing or too long.
        PriceImpossibleError: The price or the reorder point is no amount.
        ChoiceUnknownError: The unit, tax, category or price list does not exist.
        PackRepeatedError: Two packs have one name.
        PackImpossibleError: A pack has no name, or holds nothing.
        PricesOverlapError: A list would have two prices for one day.
        PictureImpossibleError: The picture is too large, or none.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    return int(ctx.call("catalog.save_product_v1", draft.as_json(product_id, version)))


def set_picture(ctx: Context, product_id: UUID, picture: str) -> None:
    """Give a product a picture, `image/png;base64,…`, or with an empty one take it away.

    Raises:
        NotAllowedError: The user may not edit products.
        PictureImpossibleError: The picture is too large, or none.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    media_type, _comma, content = picture.partition(";base64,")
    given = b64decode(content) if content else None
    ctx.call("catalog.set_picture_v1", product_id, given, media_type)
