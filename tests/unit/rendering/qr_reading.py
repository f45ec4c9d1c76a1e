"""Reading the QR codes of a picture with a decoder that is not ours (ZXing), as a telephone would."""

import io


def qr_texts(picture: bytes) -> list[str]:
    """What the QR codes of a PNG picture say, in no order."""
    import zxingcpp
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        drawn = opened.convert("RGBA")
        on_white = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("L")
    return [found.text for found in zxingcpp.read_barcodes(on_white, formats=zxingcpp.BarcodeFormat.QRCode)]
