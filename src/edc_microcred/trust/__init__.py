"""Certificates, revocation and the path to an anchor: is this the certificate of somebody whom the caller trusts?"""
