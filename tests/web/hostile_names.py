"""Names somebody may say we are called, and every header by which they may be said."""

OURS = "127.0.0.1:8000"
MARK = "evil-h0st"  # in each of them, so that it is found wherever one comes back
HOSTILE = (
    f"{MARK}.example", f"{MARK}.example:8000", f"{MARK}.example.", f"{MARK.upper()}.EXAMPLE",
    f"{OURS}.{MARK}.example", f"localhost.{MARK}.example", f"xn--{MARK}.example", f"http://{MARK}.example",
    f"{MARK}.example#{OURS}", f"{MARK}.example/{OURS}", f"{MARK}.example\\@{OURS}", f"{OURS}?{MARK}",
    f"{OURS}@{MARK}.example", f"user:{MARK}@{OURS}", f"{OURS}, {MARK}.example", f"{MARK}.example, {OURS}",
    f"{OURS}\t{MARK}.example", f"{MARK}.example%00", f"127.0.0.1:{MARK}", f"[::ffff:{MARK}]",
    f"'\"><script src=//{MARK}.example></script>", f"$({MARK}.example)", f"{MARK}.example;host={OURS}",
    f"//{MARK}.example", f"javascript:{MARK}", f"{{{{ {MARK} }}}}", f"localhost:{MARK}", f"{MARK}@{OURS}",
)  # fmt: skip
BESIDE = (
    "X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Host",
    "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Host-Override", "X-Forwarded-Scheme",
    "X-Script-Name", "X-Forwarded-Port", "X-Url-Scheme", "True-Client-IP", "X-Forwarded-For", "X-Real-IP",
)  # fmt: skip


def carried(value: str) -> dict[str, str]:
    """Every header by which a proxy may tell of another name."""
    forwarded = {"Forwarded": f'for=192.0.2.1;host="{value}";proto=https;by={value}'}
    return dict.fromkeys(BESIDE, value) | forwarded
