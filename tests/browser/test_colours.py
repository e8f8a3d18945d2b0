"""The contrast of every colour role, in both lights, as the browser computes it (WCAG 2.2 AA)."""

import pytest

TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "sunken", "raised")
INKS = ("ink", "ink-2", "ink-3", "accent", "bronze-ink", "madder", "seg-3")
PAIRS = [
    *((ink, ground, TEXT) for ink in INKS for ground in GROUNDS),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    ("on-madder", "madder", TEXT),
    ("accent", "accent-wash", TEXT),
    ("ink", "accent-wash", TEXT),
    ("ink-3", "accent-wash", TEXT),
    ("ink-2", "bronze-wash", TEXT),
    ("bronze-ink", "bronze-wash", TEXT),
    ("ink-2", "madder-wash", TEXT),
    ("madder", "madder-wash", TEXT),
    *((shape, ground, SHAPE) for shape in ("bronze", "edge") for ground in GROUNDS),
]

_LUMINANCES = """(names) => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const probe = document.body.appendChild(document.createElement("i"));
  const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  return Object.fromEntries(names.map((name) => {
    probe.style.color = `var(--${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) => linear(each / 255));
    return [name, 0.2126 * red + 0.7152 * green + 0.0722 * blue];
  }));
}"""

_MARKS = """() => [".f1", ".f2", ".f3"].map((name) => {
  const {fill, stroke, strokeWidth} = getComputedStyle(document.querySelector(`svg.room ${name}`));
  return {colour: fill === "none" ? stroke : fill, shape: [fill !== "none", stroke !== "none" && strokeWidth]};
})"""


@pytest.mark.parametrize("page", [{}, {"forced_colors": "active"}], indirect=True, ids=str)
def test_a_persons_segment_is_told_by_the_shape_of_their_mark_and_not_by_its_colour_alone(page):
    page.goto("/")
    marks = page.evaluate(_MARKS)
    shapes = [str(each["shape"]) for each in marks]
    assert len(set(shapes)) == 3, shapes
    forced = page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert len({each["colour"] for each in marks}) == (1 if forced else 3)


@pytest.mark.parametrize(
    "page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
def test_every_role_can_be_read_on_every_ground(page):
    page.goto("/")
    names = sorted({name for first, second, _ in PAIRS for name in (first, second)})
    luminance = page.evaluate(_LUMINANCES, names)
    assert len(set(luminance.values())) > len(names) / 2

    def contrast(first: str, second: str) -> float:
        darker, lighter = sorted((luminance[first], luminance[second]))
        return (lighter + 0.05) / (darker + 0.05)

    low = {
        (ink, ground): contrast(ink, ground)
        for ink, ground, least in PAIRS
        if contrast(ink, ground) < least
    }
    assert low == {}
