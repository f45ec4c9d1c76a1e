"""A certification authority for tests, those of this package and your own, and a demo of one in a folder.

    from edc_microcred.testing import TestAuthority

    authority = TestAuthority(key_type="p-256")
    seal = authority.seal_certificate(organisation="TEST University")
    policy = authority.policy()                     # trusts the authority, knows its CRLs

Never trust what it makes anywhere else: everybody can make the same.
"""

from edc_microcred.testing.authority import IssuedCertificate, TestAuthority
from edc_microcred.testing.demo_pki import DemoPki, write_demo_pki
from edc_microcred.testing.faults import FAULTS, Fault
from edc_microcred.testing.keys import KEY_TYPES

__all__ = ["FAULTS", "KEY_TYPES", "DemoPki", "Fault", "IssuedCertificate", "TestAuthority", "write_demo_pki"]
