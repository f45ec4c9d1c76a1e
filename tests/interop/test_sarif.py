"""Our SARIF against the OASIS schema, which an npm package carries."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import jsonschema
import pytest

from edc_microcred.reports import FORMATS, Settings, validate_file
from tests.conftest import ROOT, cannot_run

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
SCHEMA = "package/lib/schemas/sarif-2.1.0-rtm.5.json"

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("sarif")
    npm = shutil.which("npm")
    done = (
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, check=False)
        if npm
        else None
    )
    if done is None or done.returncode != 0:
        cannot_run("the OASIS schema is not at hand: npm is missing or cannot reach its registry")
    [archive] = Path(folder).glob("*.tgz")
    with tarfile.open(archive) as files:
        member = files.extractfile(SCHEMA)
        assert member is not None
        return json.load(member)


@pytest.mark.parametrize("redact", [False, True])
def test_our_sarif_keeps_the_oasis_schema(schema: dict, tmp_path: Path, redact: bool) -> None:
    bad = json.loads((ROOT / "examples" / "credential.jsonld").read_text())
    bad["expirationDate"] = "soon"
    (tmp_path / "an odd name.json").write_text(json.dumps(bad, indent=1))
    (tmp_path / "broken.json").write_text("{")
    results = [validate_file(str(path), Settings()) for path in sorted(tmp_path.iterdir())]
    log = json.loads(FORMATS["sarif"](results, redact=redact))
    jsonschema.validate(log, schema)
    assert len(log["runs"][0]["results"]) == sum(len(r.findings) for r in results) >= 3
