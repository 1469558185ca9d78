"""Chứng thực số: a result as a W3C Verifiable Credential 2.0, signed as a JWT, and what such a token proves today.

Nouns: *credential* (a result said in the words of the standard, with the least about its holder), *issuer* (this node,
as a ``did:web`` and as a set of keys), *check* (what was found true of a token, and what the registry says today).
Nothing is written: the same result gives the same credential, and to take it again is no new act.

Standards: W3C Verifiable Credentials Data Model v2.0; Securing Verifiable Credentials using JOSE and COSE; did:web.
"""
