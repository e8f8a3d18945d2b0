"""Letters that look like others, folded onto one: to see that two names read alike."""

# ruff: noqa: RUF001 # look-alikes are the subject

import unicodedata

# Each group's first letter stands for all: capitals and digits where the eye takes them for it.
_ALIKE = (
    "aаαɑᴀ∂ꭺ", "bЬьβʙᏏᖯƅ", "cсϲᴄⅽς", "dԁᏧⅾɗᴅ", "eеεєҽᴇ℮ꬲɛ", "fꞙϝſғꜰ", "gɡցɢᶃ", "hһнհᏂʜ",
    "jјϳᴊ", "kкκᴋⲕ", "mмϻⅿᴍ", "nпηոռɴ", "oоοσօ0०٥ᴏⲟøө", "pрρᴘ⍴ϱ", "qԛգզ", "rгᴦʀꭇ",
    "sѕʂꜱꮪ", "tтτᴛ", "uυսᴜцʋ", "vνѵᴠⅴ", "wѡωաᴡԝɯ", "xхχ×ⅹ", "yуүγʏỿ", "zᴢʐ",
    "l1iı|!ӏіιⅼǀľłŀɪʟᎥ",
)  # fmt: skip
_FOLD = {ord(letter): group[0] for group in _ALIKE for letter in group[1:]}


def folded(text: str) -> str:
    """How a name reads: compatibility forms, case, accents, look-alikes and gaps undone."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = (c for c in plain if not unicodedata.combining(c))
    read = "".join(letters).translate(_FOLD)
    return "".join(c for c in read if c.isalnum()).replace("rn", "m").replace("vv", "w")
