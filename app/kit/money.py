"""Money as people read it, on pages and in letters alike."""

_MICROS = 1_000_000
_MINUS = "\N{MINUS SIGN}"


def usd(micros: int) -> str:
    """$1,234.50; below a cent up to four decimals, as a price of one token has."""
    whole, part = divmod(abs(micros), _MICROS)
    digits = f"{part // 100:04d}".rstrip("0").ljust(2, "0")
    return f"{_MINUS if micros < 0 else ''}${whole:,}.{digits}"
