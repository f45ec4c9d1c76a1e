"""E-mail addresses, web addresses and telephone numbers in forms that software can use."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from edc_microcred.conventions.survey import ID, Survey, iri
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node

MAILBOX: Final = iri("elm:Mailbox")
CONTENT_URL: Final = iri("elm:contentUrl")
PHONE_NUMBER: Final = iri("elm:phoneNumber")

_EMAIL: Final = re.compile(r"mailto:[^@\s<>?,;:]+@[^@\s<>?,;:./]+(?:\.[^@\s<>?,;:./]+)+")
_PHONE: Final = re.compile(r"\+?[0-9 ()./\u2011-]+(?: ?(?:ext\.?|x) ?[0-9]+)?")
_FEWEST_DIGITS: Final = 5
_MOST_DIGITS: Final = 20
_MAILBOX: Final = {"id": "mailto:office@example.org", "type": "Mailbox"}
_PAGE: Final = {"id": "urn:epass:webResource:1", "type": "WebResource"}
_PHONE_EXAMPLE: Final = {"id": "urn:epass:phone:1", "type": "Phone"}

EMAIL_FORM: Final = Rule(
    id="edc/email-form", severity=Severity.WARNING, since="0.1", source="RFC 6068, 2; EDC application profile, Mailbox",
    title="An e-mail address that is none",
    message="The id of a mailbox must read mailto:name@example.org; this one does not.",
    why="The address stands in the id: in another form no software can send anything to it.",
    fix="Write mailto: and one whole address, without a name before it.",
    wrong={**_MAILBOX, "id": "urn:epass:mailbox:1"}, right=_MAILBOX,
)  # fmt: skip
URL_FORM: Final = Rule(
    id="edc/url-form", severity=Severity.WARNING, since="0.1", source="RFC 3986, 4.3; EDC application profile",
    title="A web address that cannot be opened",
    message="“contentURL” must be a whole web address with http:// or https://, and reads “{value}”.",
    why="A viewer makes a link of it, which leads nowhere.",
    fix="Write the whole address, such as https://example.org/course.",
    wrong={**_PAGE, "contentURL": "www.example.org/course"},
    right={**_PAGE, "contentURL": "https://www.example.org/course"},
)  # fmt: skip
PHONE_FORM: Final = Rule(
    id="edc/phone-form", severity=Severity.WARNING, since="0.1", source="ITU-T E.123; EDC application profile, Phone",
    title="A telephone number that cannot be dialled",
    message="“phoneNumber” does not read like a telephone number.",
    why="Nobody can be called at it.",
    fix="Write it internationally: + and the country's code, then digits, such as +381 11 2000000.",
    wrong={**_PHONE_EXAMPLE, "phoneNumber": "see our pages"},
    right={**_PHONE_EXAMPLE, "phoneNumber": "+381 11 2000000"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (EMAIL_FORM, URL_FORM, PHONE_FORM)


def check_mailbox(node: Node, survey: Survey) -> None:
    """The id of a mailbox is its address, which is not repeated."""
    if _EMAIL.fullmatch(node.iri) is None:
        survey.report(EMAIL_FORM, node, ID)


def is_address(mailbox: Mapping[str, Any]) -> bool:
    """Whether the JSON object of a mailbox has an id that is its address."""
    return _EMAIL.fullmatch(mailbox["id"]) is not None


def check_url(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """Absolute addresses of the web, without white space."""
    for value in values:
        if isinstance(value, tuple) and not is_web_address(value[0]):
            survey.report(URL_FORM, node, path, value, value=value[0])


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address."""
    if not text.startswith(("https://", "http://", "HTTPS://", "HTTP://")) or text.split() != [text]:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def check_phone(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """Digits with the usual signs between them; the number is not repeated."""
    for value in values:
        if isinstance(value, tuple) and not is_phone_number(value[0]):
            survey.report(PHONE_FORM, node, path, value)


def is_phone_number(text: str) -> bool:
    """Whether a text reads like a telephone number."""
    text = text.strip().removeprefix("tel:")
    digits = sum(character.isdigit() for character in text)
    return _PHONE.fullmatch(text) is not None and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
