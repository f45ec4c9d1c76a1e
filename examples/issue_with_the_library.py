"""Issue the environmental DNA course through the library: what `edc-microcred issue` does.

python examples/issue_with_the_library.py [FOLDER]
"""

import sys
from pathlib import Path

from edc_microcred import FileSigner
from edc_microcred.issuing import issue
from edc_microcred.microcredential import Course, read_learners
from edc_microcred.testing import write_demo_pki

example = Path(__file__).parent / "edna"
folder = Path(sys.argv[1] if len(sys.argv) > 1 else "issued")
course = Course.load(example / "course.yaml")
body = next(iter(course.awarding_bodies[0].name.in_languages(("en",))[0].values()))
pki = folder / "pki"
if not pki.exists():
    write_demo_pki(pki, organisation=body)  # a test seal; use your institution's own
signer = FileSigner.from_pkcs12(pki / "seal.p12", (pki / "password.txt").read_text().strip())

learners = read_learners(example / "learners.csv", course)
for result in issue(course, learners, signer=signer, out=folder / course.slug):
    reasons = "; ".join(finding.message for finding in result.findings)
    print(f"row {result.row}: {result.state} {result.path.name if result.path else reasons}")
