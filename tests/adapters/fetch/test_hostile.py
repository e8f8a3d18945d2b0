"""S27: hostile addresses, changing names and redirect chains reach nothing of ours."""

from contextlib import suppress
from socket import AF_INET6

import pytest

from app.adapters.fetch.networks import Networks
from app.domain.fetching import NotFetched
from tests.adapters.fetch.wire import PUBLIC, World, moves_to, says, serving

# {port} is the canary's; whatever else is odd about an address, its port would be right.
HOSTILE = """
http://127.0.0.1:{port}/
http://127.1:{port}/
http://127.0.1:{port}/
http://2130706433:{port}/
http://0x7f000001:{port}/
http://0x7f.1:{port}/
http://0177.0.0.1:{port}/
http://017700000001:{port}/
http://127.000.000.001:{port}/
http://127.0.0.1.:{port}/
http://0.0.0.0:{port}/
http://0:{port}/
http://localhost:{port}/
http://localhost.:{port}/
http://LOCALHOST:{port}/
http://①②⑦.⓪.⓪.①:{port}/
http://１２７.０.０.１:{port}/
http://127。0。0。1:{port}/
http://127.255.255.254:{port}/
http://[::1]:{port}/
http://[::]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/
http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/
http://[::127.0.0.1]:{port}/
http://[64:ff9b::7f00:1]:{port}/
http://[64:ff9b:1::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/
http://[2001:0:7f00:1::80ff:fffe]:{port}/
http://[fe80::1]:{port}/
http://[fe80::1%25lo]:{port}/
http://[fec0::1]:{port}/
http://[fc00::1]:{port}/
http://[fd00:ec2::254]:{port}/
http://[ff02::1]:{port}/
http://10.0.0.1:{port}/
http://172.16.0.1:{port}/
http://192.168.1.1:{port}/
http://169.254.169.254:{port}/latest/meta-data/
http://100.64.0.1:{port}/
http://100.100.100.200:{port}/
http://192.0.0.8:{port}/
http://192.0.2.1:{port}/
http://198.18.0.1:{port}/
http://224.0.0.1:{port}/
http://240.0.0.1:{port}/
http://255.255.255.255:{port}/
http://user:pass@127.0.0.1:{port}/
http://@127.0.0.1:{port}/
http://public.example@127.0.0.1:{port}/
http://public.example\\@127.0.0.1:{port}/
http://127.0.0.1:{port}\\@public.example/
http://public.example:25/
http://127.0.0.1:22/
http://127.0.0.1:99999/
http:127.0.0.1:{port}/
http:///127.0.0.1:{port}/
//127.0.0.1:{port}/
file:///etc/passwd
file://127.0.0.1/etc/passwd
gopher://127.0.0.1:{port}/_GET
ftp://127.0.0.1:{port}/
dict://127.0.0.1:{port}/
ws://127.0.0.1:{port}/
data:application/json,{{}}
javascript:alert(1)
jar:http://127.0.0.1:{port}/!/
http://127.0.0.1:{port}/\tx
http://127.0.0.1 :{port}/
""".strip().splitlines()  # noqa: RUF001 # digits that only look like ours are among them


@pytest.fixture(scope="module")
def canaries():
    """What must never hear from us, on both kinds of loopback."""
    with serving({"/": says(b"{}")}) as four, serving({"/": says(b"{}")}, family=AF_INET6) as six:
        yield four, six


def heard(canaries) -> int:
    return sum(each.connections for each in canaries)


def test_there_are_at_least_forty_of_them():
    assert len(set(HOSTILE)) >= 40


@pytest.mark.parametrize("template", HOSTILE)
def test_s27_a_hostile_address_reaches_no_canary(canaries, template, measured):
    from app.adapters.fetch.client import Client

    four, six = canaries
    client = Client(user_agent="test", ports={80, 443, four.server_port, six.server_port})
    for canary in canaries:
        with pytest.raises(NotFetched) as caught:
            client.get(template.format(port=canary.server_port), seconds=3)
        assert caught.value.because in {"bad_address", "refused_address", "unreachable"}
    measured("S27", "connections to a canary", heard(canaries))
    assert heard(canaries) == 0


def test_the_canaries_would_have_heard(canaries):
    import httpcore2

    with serving({"/": says(b"{}")}) as canary:
        httpcore2.request("GET", f"http://127.0.0.1:{canary.server_port}/")
        assert canary.connections == 1
    assert heard(canaries) == 0


@pytest.mark.parametrize(
    "answers",
    [
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        [PUBLIC, "::1"],
        ["2606:2800:220:1::1", "::ffff:10.0.0.1"],
        [PUBLIC, "192.168.0.1", "1.1.1.1"],
    ],
)
def test_s27_one_bad_answer_of_several_is_enough(canaries, answers):
    world = World(canaries[0], {"mixed.example": answers})
    with pytest.raises(NotFetched) as caught:
        world.client().get("http://mixed.example/")
    assert (caught.value.because, world.dialled, heard(canaries)) == ("refused_address", [], 0)


def test_s27_a_name_that_changes_its_mind_is_connected_to_as_it_was_checked():
    """Rebinding: the second answer would be loopback, and nobody asks for it."""
    with serving({"/": says(b"{}")}) as site:
        world = World(site, {"rebind.example": [[PUBLIC], ["127.0.0.1"]]})
        world.client().get("http://rebind.example/")
        assert (world.asked, world.dialled) == (["rebind.example"], [f"{PUBLIC}:80"])
        with pytest.raises(NotFetched) as caught:
            world.client().get("http://rebind.example/")
        assert caught.value.because == "refused_address"
        assert world.dialled == [f"{PUBLIC}:80"]


def test_a_redirect_to_the_same_name_is_checked_again():
    with serving({"/": moves_to("http://rebind.example/in")}) as site:
        world = World(site, {"rebind.example": [[PUBLIC], ["127.0.0.1"]]})
        with pytest.raises(NotFetched) as caught:
            world.client().get("http://rebind.example/", redirects=5)
        assert (caught.value.because, world.dialled) == ("refused_address", [f"{PUBLIC}:80"])


def test_s27_every_hop_of_a_chain_that_turns_inward_is_checked(canaries, measured):
    ends = [
        template.format(port=canary.server_port)
        for template in HOSTILE
        for canary in canaries
        if template.isascii() and template.isprintable()
    ]
    pages = {f"/{n}": moves_to(end) for n, end in enumerate(ends)}
    chain = {f"/a{n}": moves_to(f"/b{n}") for n in range(len(ends))}
    middle = {f"/b{n}": moves_to(f"/{n}") for n in range(len(ends))}
    with serving(pages | chain | middle) as site:
        for number in range(len(ends)):
            world = World(site)
            ports = {80, 443, *(canary.server_port for canary in canaries)}
            with suppress(NotFetched):
                world.client(ports=ports).get(f"http://site.example/a{number}", redirects=5)
            assert set(world.dialled) == {f"{PUBLIC}:80"}, ends[number]
    measured("S27", "hostile addresses", len(set(HOSTILE)))
    measured("S27", "connections to a canary", heard(canaries))
    assert heard(canaries) == 0


def test_networks_of_the_operator_are_never_reached():
    networks = Networks(("93.184.216.0/24", "2606:2800::/32"))
    refused = [PUBLIC, f"::ffff:{PUBLIC}", "64:ff9b::5db8:d822", "2606:2800:220:1::1"]
    assert [each for each in refused if networks.allow(each)] == []
    assert networks.allow("1.1.1.1")


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", PUBLIC, "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"],
)
def test_public_addresses_are_allowed_in_every_wrapping(address):
    assert Networks().allow(address)


@pytest.mark.parametrize(
    "address",
    [
        "fe80::5efe:1.1.1.1",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:7f00:1",
        "fe80::1%eth0",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "192.88.99.1",
        "3fff::1",
    ],
)
def test_what_only_looks_public_is_refused(address):
    assert not Networks().allow(address)
