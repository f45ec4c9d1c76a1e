"""Base64url as JSON Web Signatures write it, and the lenient reading that certificates and digests get.

A signed text must have one spelling only: `decode` refuses padding, line breaks, the other alphabet and spare bits,
because each of them would let somebody change the file without changing what was signed.

    >>> encode(b"\\xfb\\xff"), decode("-_8")
    ('-_8', b'\\xfb\\xff')
    >>> decode("-_8="), decode("-_9"), decode("+/8")
    (None, None, None)

Clauses: RFC 7515, 2 and appendix C; RFC 4648, 4 and 5.
"""

import binascii
from typing import Final

_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_TO_URL: Final = bytes.maketrans(b"+/", b"-_")


def encode(data: bytes) -> str:
    """`data` in base64url without padding."""
    return encode_bytes(data).decode("ascii")


def encode_bytes(data: bytes) -> bytes:
    """`data` in base64url without padding, as ASCII bytes."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=")


def decode(text: str) -> bytes | None:
    """The octets of a base64url text, or None when it is not the one spelling that RFC 7515 allows."""
    data = decode_leniently(text)
    return data if data is not None and encode_bytes(data) == text.encode("utf-8") else None


def decode_leniently(text: str) -> bytes | None:
    """The octets of a text in either base64 alphabet, padded or not, or None when it is neither."""
    try:
        plain = text.encode("ascii").rstrip(b"=").translate(_TO_STANDARD)
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4), strict_mode=True)
    except ValueError:
        return None
