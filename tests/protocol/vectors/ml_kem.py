"""ML-KEM-768 by its definition (FIPS 203): slow, independent of any library, and with its entropy
as an argument, so that an encapsulation can be frozen."""

from hashlib import sha3_256, sha3_512, shake_128, shake_256
from typing import Final

_Q: Final = 3_329
_N: Final = 256
_K: Final = 3
_DU: Final = 10
_DV: Final = 4
_ZETA: Final = 17

Poly = list[int]


def _reversed_bits(value: int) -> int:
    return int(f"{value:07b}"[::-1], 2)


_ZETAS: Final = [pow(_ZETA, _reversed_bits(k), _Q) for k in range(128)]
_GAMMAS: Final = [pow(_ZETA, 2 * _reversed_bits(k) + 1, _Q) for k in range(128)]


def _ntt(poly: Poly) -> Poly:
    found, k, length = list(poly), 1, 128
    while length >= 2:
        for start in range(0, _N, 2 * length):
            zeta = _ZETAS[k]
            k += 1
            for j in range(start, start + length):
                t = zeta * found[j + length] % _Q
                found[j + length] = (found[j] - t) % _Q
                found[j] = (found[j] + t) % _Q
        length //= 2
    return found


def _inverse_ntt(poly: Poly) -> Poly:
    found, k, length = list(poly), 127, 2
    while length <= 128:
        for start in range(0, _N, 2 * length):
            zeta = _ZETAS[k]
            k -= 1
            for j in range(start, start + length):
                t = found[j]
                found[j] = (t + found[j + length]) % _Q
                found[j + length] = zeta * (found[j + length] - t) % _Q
        length *= 2
    return [value * 3_303 % _Q for value in found]


def _multiply(one: Poly, other: Poly) -> Poly:
    found: Poly = []
    for i in range(128):
        a, b, c, d = one[2 * i], one[2 * i + 1], other[2 * i], other[2 * i + 1]
        found += [(a * c + b * d * _GAMMAS[i]) % _Q, (a * d + b * c) % _Q]
    return found


def _sum(*polys: Poly) -> Poly:
    return [sum(values) % _Q for values in zip(*polys, strict=True)]


def _encode(poly: Poly, bits: int) -> bytes:
    joined = sum(value << bits * i for i, value in enumerate(poly))
    return joined.to_bytes(32 * bits, "little")


def _decode(data: bytes, bits: int) -> Poly:
    joined, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    return [joined >> bits * i & mask for i in range(_N)]


def _compress(poly: Poly, bits: int) -> Poly:
    return [((value << bits) + _Q // 2) // _Q % (1 << bits) for value in poly]


def _decompress(poly: Poly, bits: int) -> Poly:
    return [(value * _Q + (1 << bits - 1)) >> bits for value in poly]


def _uniform(seed: bytes) -> Poly:
    """SampleNTT."""
    stream = shake_128(seed).digest(3 * 1_024)
    found: Poly = []
    for at in range(0, len(stream), 3):
        a, b, c = stream[at : at + 3]
        found += [value for value in (a + 256 * (b % 16), b // 16 + 16 * c) if value < _Q]
    return found[:_N]


def _small(seed: bytes, number: int) -> Poly:
    """SamplePolyCBD with η = 2."""
    bits = int.from_bytes(shake_256(seed + bytes((number,))).digest(128), "little")
    found: Poly = []
    for i in range(_N):
        four = bits >> 4 * i & 15
        found.append(((four & 1) + (four >> 1 & 1) - (four >> 2 & 1) - (four >> 3)) % _Q)
    return found


def _matrix(rho: bytes) -> list[list[Poly]]:
    return [[_uniform(rho + bytes((j, i))) for j in range(_K)] for i in range(_K)]


def public_of(seed: bytes) -> bytes:
    """The encapsulation key, 1,184 bytes, of a seed d ‖ z of 64."""
    expanded = sha3_512(seed[:32] + bytes((_K,))).digest()
    rho, sigma = expanded[:32], expanded[32:]
    matrix = _matrix(rho)
    secret = [_ntt(_small(sigma, i)) for i in range(_K)]
    noise = [_ntt(_small(sigma, _K + i)) for i in range(_K)]
    public = [
        _sum(*(_multiply(matrix[i][j], secret[j]) for j in range(_K)), noise[i]) for i in range(_K)
    ]
    return b"".join(_encode(poly, 12) for poly in public) + rho


def encapsulate(public: bytes, entropy: bytes) -> tuple[bytes, bytes]:
    """The shared secret and its encapsulation, 1,088 bytes, made of 32 bytes of entropy."""
    expanded = sha3_512(entropy + sha3_256(public).digest()).digest()
    shared, coins = expanded[:32], expanded[32:]
    rows = [_decode(public[384 * i : 384 * (i + 1)], 12) for i in range(_K)]
    matrix = _matrix(public[384 * _K :])
    y = [_ntt(_small(coins, i)) for i in range(_K)]
    u = [
        _sum(
            _inverse_ntt(_sum(*(_multiply(matrix[j][i], y[j]) for j in range(_K)))),
            _small(coins, _K + i),
        )
        for i in range(_K)
    ]
    message = _decompress(_decode(entropy, 1), 1)
    v = _sum(
        _inverse_ntt(_sum(*(_multiply(rows[i], y[i]) for i in range(_K)))),
        _small(coins, 2 * _K),
        message,
    )
    wrapped = b"".join(_encode(_compress(poly, _DU), _DU) for poly in u)
    return shared, wrapped + _encode(_compress(v, _DV), _DV)
