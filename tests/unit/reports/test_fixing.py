"""What has one safe answer is put right, and nothing else in the text is touched."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from edc_microcred import load, seal
from edc_microcred.cli.app import app
from edc_microcred.document import Document
from edc_microcred.reports import FixError, Settings, fix
from edc_microcred.reports.editing import Add, Replace, edited
from edc_microcred.testing import TestAuthority
from edc_microcred.verification.content import findings_of
from tests.conftest import ROOT

EXAMPLE = (ROOT / "examples" / "credential.jsonld").read_text(encoding="utf-8")
FAULTS = {
    "cv/label-wrong": "label",
    "cv/scheme-members": "another list",
    "cv/scheme": "no list",
    "edc/viewer-media-label": "no label of the encoding",
    "elm/media-type-wrong": "another type of file",
    "elm/not-a-duration": "weeks",
}
STYLES: list[dict[str, Any]] = [{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}]


def faulty(*rules: str, wrapped: bool = False, **style: Any) -> bytes:
    """Our example with a fault for each of `rules`, written in a style."""
    value = json.loads(EXAMPLE)
    image = value["displayParameter"]["individualDisplay"]["displayDetail"]["image"]
    course = value["credentialSubject"]["hasClaim"]["specifiedBy"]
    for rule in rules:
        if rule == "cv/label-wrong":
            course["thematicArea"]["prefLabel"]["en"] = "Physics"
        elif rule == "cv/scheme-members":
            course["eqfLevel"]["inScheme"]["id"] = "https://example.org/levels"
        elif rule == "cv/scheme":
            del course["nqfLevel"]["inScheme"]
        elif rule == "edc/viewer-media-label":
            del image["contentEncoding"]["prefLabel"]
        elif rule == "elm/media-type-wrong":
            image["contentType"]["id"] = image["contentType"]["id"].replace("PNG", "JPEG")
            image["contentType"]["prefLabel"] = {"en": "JPEG", "de": "JPEG"}
        else:
            course["volumeOfLearning"] = "P3W"
    written = {"credential": value, "deliveryDetails": {"deliveryAddress": ["a@example.org"]}} if wrapped else value
    return json.dumps(written, ensure_ascii=False, **style).encode("utf-8")


def rules_in(data: bytes) -> set[str]:
    return {finding.rule for finding in findings_of(Document(data))}


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.parametrize("style", STYLES, ids=str)
def test_each_fault_is_gone_after_it_was_put_right_and_no_new_one_is_there(rule: str, style: dict[str, Any]) -> None:
    data = faulty(rule, **style)
    assert rule in rules_in(data)
    fixed = fix(Document(data))
    assert fixed.is_changed and rules_in(fixed.after) == rules_in(faulty(**style))
    assert len(fixed.after.splitlines()) >= len(data.splitlines())


def test_type_and_encoding_of_a_file_are_added_where_its_bytes_tell() -> None:
    value = json.loads(EXAMPLE)
    image = value["displayParameter"]["individualDisplay"]["displayDetail"]["image"]
    whole = dict(image)
    del image["contentType"], image["contentEncoding"]
    fixed = json.loads(fix(Document(json.dumps(value).encode())).after)
    assert fixed["displayParameter"]["individualDisplay"]["displayDetail"]["image"] == whole
    image["content"] = "no base64"
    assert not fix(Document(json.dumps(value).encode())).is_changed


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_to_put_right_twice_changes_nothing_more(style: dict[str, Any]) -> None:
    once = fix(Document(faulty(*FAULTS, **style)))
    assert once.is_changed and not fix(Document(once.after)).is_changed


def test_what_was_only_another_value_is_as_it_was_before_to_the_letter() -> None:
    for rule in ("cv/label-wrong", "cv/scheme-members"):
        assert fix(Document(faulty(rule, indent=3))).after == faulty(indent=3)


def test_a_duration_in_weeks_becomes_the_same_in_days() -> None:
    assert b'"volumeOfLearning":"P21D"' in fix(Document(faulty("elm/not-a-duration", separators=(",", ":")))).after


def test_a_faultless_file_and_one_with_other_faults_stay_as_they_are() -> None:
    assert fix(Document(EXAMPLE.encode())).after == EXAMPLE.encode()
    value = json.loads(EXAMPLE)
    value["validFrom"] = "soon"
    value["credentialSubject"]["hasClaim"]["specifiedBy"]["volumeOfLearning"] = "three weeks"
    assert not fix(Document(json.dumps(value).encode())).is_changed


def test_a_value_that_no_list_has_is_left_to_its_author() -> None:
    data = EXAMPLE.replace("isced-f/0511", "isced-f/0577").encode()
    assert "cv/not-in-list" in rules_in(data) and not fix(Document(data)).is_changed


def test_the_credential_inside_an_upload_wrapper_is_put_right_and_the_wrapper_left() -> None:
    fixed = fix(Document(faulty(*FAULTS, wrapped=True)))
    assert not rules_in(fixed.after) & FAULTS.keys()
    assert json.loads(fixed.after)["deliveryDetails"] == {"deliveryAddress": ["a@example.org"]}


def test_every_description_of_a_value_is_put_right() -> None:
    data = EXAMPLE.replace('"en":"English"', '"en":"Spanish"').encode()
    assert data.count(b"Spanish") > 1
    assert b"Spanish" not in fix(Document(data)).after


def test_a_rule_that_is_switched_off_is_not_put_right() -> None:
    off = Settings(rules={"elm/not-a-duration": "off"})
    assert not fix(Document(faulty("elm/not-a-duration")), off).is_changed


def test_a_sealed_file_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    authority = TestAuthority(key_type="p-256")
    path = tmp_path / "sealed.jsonld"
    path.write_bytes(seal(faulty("edc/viewer-media-label"), authority.signer()).raw)
    before = path.read_bytes()
    with pytest.raises(FixError, match="sealed"):
        fix(load(path))
    result = CliRunner().invoke(app, ["validate", "--fix", str(path)])
    assert result.exit_code == 1 and "break the seal" in " ".join(result.output.split())
    assert path.read_bytes() == before


def test_a_file_with_a_proof_is_refused() -> None:
    value = {**json.loads(EXAMPLE), "proof": {"id": "urn:proof:1", "type": "Proof"}}
    with pytest.raises(FixError, match="proof"):
        fix(Document(json.dumps(value).encode()))


def test_a_diff_of_one_long_line_shows_lines_and_no_picture() -> None:
    diff = fix(Document(faulty("elm/not-a-duration"))).diff()
    assert '-        "volumeOfLearning": "P3W",' in diff and '+        "volumeOfLearning": "P21D",' in diff
    assert max(map(len, diff.splitlines())) <= 160 and len(diff) < 1000


def test_a_dry_run_shows_and_writes_nothing_and_a_fix_writes(tmp_path: Path) -> None:
    path = tmp_path / "credential.json"
    path.write_bytes(faulty("elm/not-a-duration", indent=2))
    path.chmod(0o600)
    before = path.read_bytes()
    for option in (["--fix", "--dry-run"], ["--diff"]):
        shown = CliRunner().invoke(app, ["validate", *option, str(path)])
        assert shown.exit_code == 1 and "P21D" in shown.output and path.read_bytes() == before
    CliRunner().invoke(app, ["validate", "--fix", str(path)])
    assert path.read_bytes() == before.replace(b"P3W", b"P21D") and path.stat().st_mode & 0o777 == 0o600
    assert CliRunner().invoke(app, ["validate", "--diff", str(path)]).exit_code == 0


def test_a_redacted_diff_names_the_rules_alone(tmp_path: Path) -> None:
    path = tmp_path / "credential.json"
    path.write_bytes(faulty("elm/not-a-duration", indent=2))
    shown = CliRunner().invoke(app, ["validate", "--diff", "--redact", str(path)])
    assert "elm/not-a-duration" in shown.output and "P21D" not in shown.output


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab/~"é', max_size=3), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON, JSON, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_edits_of_any_text_give_the_value_that_was_meant(value: Any, new: Any, indent: Any, ascii_: bool) -> None:
    text = json.dumps({"a": value, "b": {}}, indent=indent, ensure_ascii=ascii_)
    meant = {"a": new, "b": {"c": new}, "d": new}
    assert json.loads(edited(text, [Replace("/a", new), Add("/b", "c", new), Add("", "d", new)])) == meant
    assert edited(text, [Replace("/x", new), Add("/x", "c", new)]) == text


def test_a_new_member_is_written_as_its_neighbours_are() -> None:
    text = '{\r\n    "a": {\r\n        "b": 1\r\n    }\r\n}'
    assert edited(text, [Add("/a", "c", {"d": 2})]) == (
        '{\r\n    "a": {\r\n        "b": 1,\r\n        "c": {\r\n            "d": 2\r\n        }\r\n    }\r\n}'
    )
