"""TLS from files, reloaded while the hub runs; and the hashes of certificates members may be shown.

A login is bound to the certificate its connection ends at, so the hub must know which those are:
its own, the one before it (for connections older than a reload), or a proxy's.
"""

import ssl
from asyncio import sslproto
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from hobnob_protocol.limits import CERTIFICATES_MAX
from hobnob_server.errors import ConfigError
from hobnob_server.limits import CERTIFICATE_BYTES_MAX, TLS_BUFFER_BYTES
from hobnob_server.logs import Log
from hobnob_server.settings import Config

_Stamp = tuple[tuple[int, int], ...]


class Certificates:
    """What members may be shown; `context` is None where no TLS ends here."""

    def __init__(self, config: Config, log: Log) -> None:
        self._log: Final = log
        self._shown = Path(config.tls_cert or config.proxy_cert)
        self._key = Path(config.tls_key) if config.tls_key else None
        self.hashes: tuple[bytes, ...] = ()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if self._key else None
        self._files = [path for path in (self._shown, self._key) if path and path != Path()]
        self._tried: _Stamp = ()
        if self.context is not None:
            self.context.minimum_version = ssl.TLSVersion.TLSv1_3
            small_buffers()
        if self._files:
            self._tried = self._stamp()
            self._load()

    def reload(self) -> None:
        """Take the files as they are now, if they have changed; what does not fit changes nothing:
        connections go on, and new ones see the certificate from before."""
        if not self._files:
            return
        try:
            stamp = self._stamp()
            if stamp == self._tried:
                return
            self._tried = stamp
            self._load()
        except ConfigError as wrong:
            self._log.warning("tls.kept", reason=str(wrong))
        else:
            self._log.info("tls.reloaded", certificate=self.hashes[0].hex())

    def _stamp(self) -> _Stamp:
        try:
            found = [path.stat() for path in self._files]
        except OSError as broken:
            raise ConfigError(f"{broken.filename}: {broken.strerror}") from broken
        return tuple((one.st_mtime_ns, one.st_ino) for one in found)

    def _load(self) -> None:
        shown = _leaf_hash(self._shown)
        if self.context is not None and self._key is not None:
            # First where it hurts nobody: the running context is not left half changed.
            for context in (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), self.context):
                _load_chain(context, self._shown, self._key)
        former = [known for known in self.hashes if known != shown]
        self.hashes = (shown, *former)[:CERTIFICATES_MAX]


def _load_chain(context: ssl.SSLContext, chain: Path, key: Path) -> None:
    try:
        context.load_cert_chain(chain, key)
    except (OSError, ssl.SSLError) as broken:
        raise ConfigError(f"{chain} and {key} are no certificate and its key") from broken


def _leaf_hash(path: Path) -> bytes:
    """SHA-256 of the first certificate of a PEM file."""
    try:
        with path.open("rb") as source:
            data = source.read(CERTIFICATE_BYTES_MAX)
        leaf = load_pem_x509_certificates(data)[0]
    except OSError as broken:
        raise ConfigError(f"{path}: {broken.strerror}") from broken
    except ValueError as broken:
        raise ConfigError(f"{path} holds no certificate") from broken
    return sha256(leaf.public_bytes(Encoding.DER)).digest()


def small_buffers() -> None:
    """Let TLS connections of this process take one record at a time: asyncio's own 256 KiB are held
    by every connection, idle or not."""
    sslproto.SSLProtocol.max_size = TLS_BUFFER_BYTES
