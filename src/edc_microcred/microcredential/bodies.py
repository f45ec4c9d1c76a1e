"""Who awards: awarding bodies, their organisational unit, and other organisations that a course names."""

from typing import ClassVar

from pydantic import Field

from edc_microcred.microcredential.codes import Country
from edc_microcred.microcredential.kinds import Email, Line, Url
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.text import Text


class NumberIn(Part):
    """A number of an organisation in a scheme that has no key of its own."""

    CALLED: ClassVar[str] = "an identifier"

    scheme: Line = Field(description="What the numbering scheme is called: PIC, ETER, DEQARINST.")
    number: Line = Field(description="The number, in quotation marks where it is digits only.")


class OrganisationalUnit(Part):
    """The unit of the awarding body that teaches the course, such as a faculty."""

    SHORT: ClassVar[str] = "name"
    CALLED: ClassVar[str] = "`organisational_unit`"

    name: Text = Field(description="The name of the unit, by language.")
    homepage: Url | None = Field(default=None, description="Its web page.")
    email: Email | None = Field(default=None, description="Where learners and readers can write to.")


class AwardingBody(Part):
    """An institution that awards the micro-credential. Several award it jointly."""

    CALLED: ClassVar[str] = "an awarding body"

    name: Text = Field(description="The legal name, by language. The other script of it becomes an alternative name.")
    country: Country = Field(description="The country of its seat: SRB, RS or Serbia.")
    town: Text | None = Field(default=None, description="The town of its seat, by language.")
    homepage: Url | None = Field(default=None, description="Its web page.")
    email: Email | None = Field(default=None, description="Where readers can write to.")
    registration: Line | None = Field(
        default=None, description="Its number in the official register, in quotation marks (zeros in front count)."
    )
    tax_number: Line | None = Field(default=None, description="Its number at the tax office, in quotation marks.")
    vat_number: Line | None = Field(default=None, description="Its number for value added tax.")
    eidas_identifier: Line | None = Field(
        default=None, description="Its identifier as a seal certificate has it: VATRS-100000001, NTRAT-12345."
    )
    ror: Url | None = Field(default=None, description="Its address in the Research Organization Registry.")
    identifiers: Several[NumberIn] = Field(default=(), description="Further numbers, each with its scheme.")


class Agency(Part):
    """A quality authority that accredited."""

    CALLED: ClassVar[str] = "an agency"

    name: Text = Field(description="The name of the agency, by language.")
    country: Country = Field(description="The country of its seat.")
    homepage: Url | None = Field(default=None, description="Its web page.")
