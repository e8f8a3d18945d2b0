"""Letters that look like others, folded onto one: to see that two names read alike."""

# ruff: noqa: RUF001 # look-alikes are the subject

import unicodedata

# Each group's first letter stands for all: capitals and digits where the eye takes them for it.
# As they are casefolded: Cherokee to its capitals; Lisu has no others.
_ALIKE = (
    "aаαɑᴀ∂Ꭺꓮⲁ", "bЬьβʙᏏᖯƅᏴꓐⲃ", "cсϲᴄⅽςᏟꓚⲥ", "dԁᏧⅾɗᴅᎠꓓꓒ", "eеεєҽᴇ℮ꬲɛᎬꓰⲉ", "fꞙϝſғꜰꓝ", "gɡցɢᶃᏀᏳꓖ",
    "hһнհᏂʜᎻꓧⲏ", "jјϳᴊᎫꓙ", "kкκᴋⲕᏦꓗ", "mмϻⅿᴍᎷꓟⲙ", "nпηոռɴꓠⲛ", "oоοσօ0०٥ᴏⲟøөꓳ", "pрρᴘ⍴ϱᏢꓑⲣ",
    "qԛգզ", "rгᴦʀꭇᎡᏒꓣⲅ", "sѕʂꜱᏚᏕꓢⲋ", "tтτᴛᎢꓔⲧ", "uυսᴜцʋꓴ", "vνѵᴠⅴᏙꓦ", "wѡωաᴡԝɯᎳᏔꓪⲱ", "xхχ×ⅹꓫⲭ",
    "yуүγʏỿᎩᎽꓬⲩ", "zᴢʐᏃꓜⲍ", "l1iı|!ӏіιⅼǀľłŀɪʟᎥᏞꓡꓲⲓⳑ",
)  # fmt: skip
# Read before anything is folded: their small letters, or compatible ones, look otherwise.
_FIRST = str.maketrans("\u03f9\u03f2\u03d2\u0397\u039c\u039d\u03a5\u0396\u0412", "ccyhmnyzb")
_FOLD = {ord(letter): group[0] for group in _ALIKE for letter in group[1:]}


def folded(text: str) -> str:
    """How a name reads: compatibility forms, case, accents, look-alikes and gaps undone."""
    composed = unicodedata.normalize("NFKC", text.translate(_FIRST))
    plain = unicodedata.normalize("NFKD", composed.casefold())
    letters = (c for c in plain if not unicodedata.combining(c))
    read = "".join(letters).translate(_FOLD)
    return "".join(c for c in read if c.isalnum()).replace("rn", "m").replace("vv", "w")
