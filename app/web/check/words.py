"""What the clients and the steps of a check are called on its page."""

TITLES = {"claude": "Claude", "chatgpt": "ChatGPT", "cli": "A program on this computer"}

STEPS = {
    "challenge": "A call without a token is answered 401 and says where to look",
    "resource metadata": "The document of the endpoint names its authorization server",
    "server metadata": "The document of the server names its addresses and methods",
    "openid discovery": "OpenID Connect discovery says the same",
    "registration": "The client registers itself",
    "authorization": "The authorization address gives a code",
    "token": "The code is exchanged for tokens",
    "initialize": "The token opens an MCP session",
    "tools": "The tools are listed, each with its hints",
    "account": "A free tool answers",
    "refresh": "A new pair of tokens for the old one",
    "revocation": "Tokens given back are good for nothing",
    "removal": "The client is removed again",
}
