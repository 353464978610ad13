"""What the issuer tells whoever is above."""

from dataclasses import dataclass

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """`aggregate` is the certificate's uuid; `holder_ref` is what its caller knows the holder by."""

    achievement: str
    holder_ref: str


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """`aggregate` is the certificate's uuid."""

    achievement: str
    holder_ref: str
    reason: str
