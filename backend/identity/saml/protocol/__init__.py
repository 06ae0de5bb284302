"""SAML 2.0 as a service provider speaks it, without I/O: bytes and facts in, values or a refusal out."""
