"""Files of the look: kept for good under their version, told from any other, each with its licence."""

import gzip
import hashlib
import re

import pytest

from app.web.static_files import FOLDER, version

BASE = "http://127.0.0.1:8000"
OURS = {
    "app.js",
    "fields.js",
    "passkeys.js",
    "app.css",
    "command.js",
    "copying.js",
    "figures.css",
    "docs.js",
    "palette.js",
    "waiting.js",
    "favicon.svg",
    "preview.png",
    "icon-96.png",
    "tokens.css",
}

APP = FOLDER.parent
BUILT = {"bar", "btn", "is"}  # a macro adds what it is given


def get(polis, path):
    answer = polis.app.test_client().get(path, base_url=BASE)
    answer.get_data()
    answer.close()
    return answer


def test_a_file_of_this_version_is_kept_for_a_year(polis):
    answer = get(polis, f"/static/{version()}/app.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.data == (FOLDER / "app.css").read_bytes()


def test_a_file_of_another_version_is_asked_for_again(polis):
    assert get(polis, "/static/older/app.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/docs", "/pricing", "/nowhere"])
def test_every_address_on_a_page_is_of_this_version_and_there(polis, path):
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', get(polis, path).text))
    assert named
    assert {address.split("/")[2] for address in named} == {version()}
    assert {get(polis, address).status_code for address in named} == {200}


def test_what_a_style_sheet_refers_to_is_there():
    for sheet in FOLDER.glob("*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (FOLDER / name).is_file()


def test_a_class_the_style_sheets_know_is_on_some_page():
    pages = [path for kind in ("html", "py", "js") for path in APP.rglob(f"*.{kind}")]
    words = {word for path in pages for word in re.findall(r"[\w-]+", path.read_text("utf-8"))}
    sheets = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.css"))
    drawn = re.sub(r'/\*.*?\*/|url\([^)]*\)|"[^"]*"', "", sheets, flags=re.DOTALL)
    classes = re.findall(r"\.([a-zA-Z][\w-]*)", drawn)
    whole = {name: name.partition("-") for name in classes if name not in words}
    assert len(classes) > 300
    unseen = {
        name for name, (first, _, rest) in whole.items() if first not in BUILT or rest not in words
    }
    assert unseen == set()


def test_what_others_made_is_as_they_made_it_and_has_its_licence():
    listed = dict(
        reversed(line.split("  ")) for line in (FOLDER / "SHA256SUMS").read_text().splitlines()
    )
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    licences = {name for name in files if name.endswith(".LICENSE.txt")}
    assert files == OURS | set(listed) | licences | {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
        assert f"{name.rpartition('.')[0]}.LICENSE.txt" in licences


def test_the_style_sheets_weigh_less_than_a_small_picture():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.css")) < 50_000


def test_all_styles_and_scripts_together_are_a_tenth_of_a_megabyte_on_the_way():
    files = [*FOLDER.glob("*.css"), *FOLDER.glob("*.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 100_000
