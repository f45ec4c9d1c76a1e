"""A certification authority for tests: for those of this package, and for your own.

    from edc_microcred.testing import TestAuthority

    authority = TestAuthority(key_type="p-256")
    seal = authority.seal_certificate(organisation="TEST University")
    policy = authority.policy()                     # trusts the authority, knows its CRLs

Never trust what it makes anywhere else: everybody can make the same.
"""

from edc_microcred.testing.authority import IssuedCertificate, TestAuthority
from edc_microcred.testing.faults import FAULTS, Fault
from edc_microcred.testing.keys import KEY_TYPES

__all__ = ["FAULTS", "KEY_TYPES", "Fault", "IssuedCertificate", "TestAuthority"]
