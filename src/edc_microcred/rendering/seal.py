"""What the seal around a document says of itself, for a page: who, when. Trust is not asked, and the page says so."""

from typing import Final

from edc_microcred.document import Document
from edc_microcred.errors import UnreadableError
from edc_microcred.rendering.labels import Words
from edc_microcred.rendering.page import Mandate, SealStatement
from edc_microcred.rendering.text import harmless
from edc_microcred.seals import check_seals
from edc_microcred.trust import describe

_LONGEST: Final = 200


def read_seal(document: Document) -> SealStatement:
    """The statement of the first seal; that the seal is broken, when any of them is."""
    try:
        envelope = document.envelope
        results = check_seals(envelope) if envelope is not None else ()
    except UnreadableError:
        return SealStatement("unread")
    if not results:
        return SealStatement("none" if envelope is None else "unread")
    if any(result.intact is False for result in results):
        return SealStatement("broken")
    first = results[0]
    if first.certificate is None or first.intact is None:
        return SealStatement("unread")
    facts = describe(first.certificate)
    return SealStatement(
        "says",
        organisation=harmless(facts.organisation or facts.name, _LONGEST),
        identifier=harmless(facts.organisation_identifier or "", _LONGEST),
        claimed_time=first.claimed_time,
    )


def seal_sentence(seal: SealStatement, words: Words) -> str:
    """The one sentence on a page about the seal. It never says that anything was verified."""
    sentence = words[f"seal_{seal.state}"]
    if seal.state != "says":
        return sentence
    when = words.moment(seal.claimed_time) if seal.claimed_time is not None else "–"
    named = f"{seal.organisation} ({seal.identifier})" if seal.identifier else seal.organisation
    return sentence.replace("{time}", when).replace("{organisation}", named)


def draft_heading(seal: SealStatement, words: Words) -> str:
    """The word that marks the page of what was not sealed: a draft, or a preview; empty for all others."""
    return {"none": words["draft"], "preview": words["preview"]}.get(seal.state, "")


def mandate_sentence(mandate: Mandate | None, words: Words) -> str:
    """Who sealed and on whose authority, where that is no awarding body; empty without a mandate."""
    if mandate is None:
        return ""
    sentence = words["mandate"]
    if mandate.sealed_by is not None:
        sentence = words["mandate_by"].replace("{organisation}", mandate.sealed_by.value)
    return sentence.replace("{statement}", mandate.statement.value)
