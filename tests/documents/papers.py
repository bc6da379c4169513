"""Invoices of three countries, as shops there write them."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw

from erp_desktop.documents.invoice import (
    Identifier,
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaperTax,
    Worded,
)

D = Decimal
UNIT = Worded("Pce", "قطعة")

ALGERIAN = PaperParty(
    Worded("SARL Atlas Distribution", "ش.ذ.م.م أطلس للتوزيع"),
    Worded(
        "12, rue Didouche Mourad, 16000 Alger-Centre, Alger",
        "12، شارع ديدوش مراد، 16000 الجزائر الوسطى، الجزائر",
    ),
    ("+213 21 63 00 00", "contact@atlas-distribution.dz"),
    (
        Identifier(Worded("RC", "س.ت"), "16/00-0123456B22"),
        Identifier(Worded("NIF", "ر.ت.ج"), "000016001234567"),
        Identifier(Worded("NIS", "ر.ت.إ"), "001216010123456"),
        Identifier(Worded("AI", "م.ض"), "16012345678"),
    ),
)
MOROCCAN = PaperParty(
    Worded("Zellige Négoce SARL", "الزليج للتجارة ش.م.م"),
    Worded("45, bd Mohammed V, 20250 Casablanca", "45، شارع محمد الخامس، 20250 الدار البيضاء"),
    ("+212 522 20 30 40",),
    (
        Identifier(Worded("ICE", "ت.م.م"), "001561191000066"),
        Identifier(Worded("IF", "ت.ض"), "40123456"),
        Identifier(Worded("TP", "ض.م"), "34567890"),
    ),
)
TUNISIAN = PaperParty(
    Worded("Carthage Gros SA", "قرطاج للجملة ش.خ.إ"),
    Worded("Zone industrielle Charguia II, 2035 Tunis", "المنطقة الصناعية الشرقية 2، 2035 تونس"),
    ("+216 71 800 100",),
    (Identifier(Worded("MF", "م.ج"), "1234567X/A/M/000"),),
)
CUSTOMER = PaperParty(
    Worded("EURL Épicerie Ben Salah & Fils", "مؤسسة بقالة بن صالح وأبنائه"),
    Worded(
        "Cité 1200 logements, Bt 14, 25000 Constantine", "حي 1200 مسكن، عمارة 14، 25000 قسنطينة"
    ),
    ("+213 555 12 34 56",),
    (
        Identifier(Worded("RC", "س.ت"), "25/00-0765432B19"),
        Identifier(Worded("NIF", "ر.ت.ج"), "000025007654321"),
    ),
)

GOODS = (
    ("CAF-001", "Café moulu pur arabica 1 kg", "قهوة أرابيكا مطحونة 1 كغ", "1450", "0.19"),
    (
        "HUI-005",
        "Huile d’olive vierge extra, première pression à froid, 5 L",
        "زيت زيتون بكر ممتاز 5 ل (معصور على البارد)",
        "4200",
        "0.09",
    ),
    ("SUC-001", "Sucre blanc 1 kg", "سكر أبيض 1 كغ", "95.5", "0.09"),
    ("THE-020", "Thé vert Gunpowder n° 8 — 200 g", "شاي أخضر رقم 8 – 200 غ", "260", "0.19"),
    ("SAV-ALP", "Savon d'Alep 40 % (laurier)", "صابون حلبي 40 % (غار)", "380", "0.19"),
    ("LAI-12", "Lait UHT demi-écrémé, carton de 12", "حليب معقم نصف دسم، كرتون 12", "1320", None),
)


def items(
    count: int, *, scale: int = 1, rates: Mapping[str, str] | None = None
) -> tuple[PaperLine, ...]:
    """Return so many lines, their prices divided by `scale`."""
    made = []
    for number in range(count):
        code, name, name_ar, price, rate = GOODS[number % len(GOODS)]
        quantity, unit_price = D(number % 7 + 1), D(price) / scale
        discount = D(5) if number % 4 == 3 else D(0)
        amount = (quantity * unit_price * (100 - discount) / 100).quantize(D("0.001"))
        taxed = (rates or {}).get(rate or "", rate)
        made.append(
            PaperLine(
                code,
                Worded(name, name_ar),
                quantity,
                UNIT,
                unit_price,
                D(taxed) if taxed else None,
                amount,
                discount,
            )
        )
    return tuple(made)


def taxes_of(lines: tuple[PaperLine, ...], name: Worded) -> tuple[PaperTax, ...]:
    """Return the tax of lines per rate."""
    rates = sorted({item.tax_rate for item in lines if item.tax_rate}, reverse=True)
    bases = {rate: sum((i.amount for i in lines if i.tax_rate == rate), D(0)) for rate in rates}
    return tuple(PaperTax(name, r, bases[r], (bases[r] * r).quantize(D("0.001"))) for r in rates)


def algerian(count: int = 6, **changes: Any) -> InvoicePaper:
    """An invoice of Algiers, paid in cash: with stamp duty."""
    lines = items(count)
    taxes = taxes_of(lines, Worded("TVA", "ر.ق.م"))
    net = sum((item.amount for item in lines), D(0)) - D(500)
    stamp = D("412")
    paper = InvoicePaper(
        kind="invoice",
        language="fr",
        country="DZ",
        currency="DZD",
        number="FA-ALG-2026-000123",
        issued_on=date(2026, 11, 21),
        seller=ALGERIAN,
        customer=CUSTOMER,
        lines=lines,
        taxes=taxes,
        net=net,
        to_pay=net + sum((t.amount for t in taxes), D(0)) + stamp,
        discount=D(500),
        stamp=stamp,
        due_on=date(2026, 12, 21),
        terms=Worded("30 jours fin de mois", "30 يومًا نهاية الشهر"),
        payment=Worded("Espèces", "نقدًا"),
        reference="BC-2026/0457",
        mentions=(
            Worded(
                "Marchandise vendue ni reprise ni échangée.", "البضاعة المباعة لا ترد ولا تستبدل."
            ),
            Worded(
                "Le lait UHT est exonéré de TVA (art. 9 du CTCA).",
                "الحليب المعقم معفى من الرسم على القيمة المضافة (المادة 9).",
            ),
        ),
    )
    return replace(paper, **changes)


def moroccan(count: int = 6, **changes: Any) -> InvoicePaper:
    """An invoice of Casablanca."""
    lines = items(count, scale=10, rates={"0.19": "0.20", "0.09": "0.10"})
    taxes = taxes_of(lines, Worded("TVA", "ض.ق.م"))
    net = sum((item.amount for item in lines), D(0))
    return algerian(
        country="MA",
        currency="MAD",
        number="FA-CAS-2026-000042",
        seller=MOROCCAN,
        lines=lines,
        taxes=taxes,
        net=net,
        discount=D(0),
        stamp=D(0),
        to_pay=net + sum((t.amount for t in taxes), D(0)),
        payment=Worded("Virement bancaire", "تحويل بنكي"),
        mentions=(),
        **changes,
    )


def tunisian(count: int = 6, **changes: Any) -> InvoicePaper:
    """An invoice of Tunis: three decimals, FODEC in the base of the tax, a stamp."""
    lines = items(count, scale=100, rates={"0.09": "0.07"})
    net = sum((item.amount for item in lines), D(0))
    fodec = (net * D("0.01")).quantize(D("0.001"))
    vat = taxes_of(lines, Worded("TVA", "أ.ق.م"))
    taxes = (PaperTax(Worded("FODEC", "صندوق تنمية القدرة التنافسية"), D("0.01"), net, fodec), *vat)
    return algerian(
        country="TN",
        currency="TND",
        number="FA-TUN-2026-000007",
        seller=TUNISIAN,
        lines=lines,
        taxes=taxes,
        net=net,
        discount=D(0),
        stamp=D(1),
        to_pay=net + sum((t.amount for t in taxes), D(1)),
        payment=Worded("Chèque", "شيك"),
        mentions=(),
        **changes,
    )


def logo() -> bytes:
    """A logo as PNG, transparent outside its circle."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((4, 4, 236, 236), fill=(15, 118, 110, 255))
    pen.polygon(
        [(40, 180), (110, 60), (150, 120), (170, 95), (205, 180)], fill=(255, 255, 255, 255)
    )
    found = io.BytesIO()
    image.save(found, "PNG")
    return found.getvalue()
