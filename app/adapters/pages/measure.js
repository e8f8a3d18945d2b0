// What stands where: boxes, sizes and colours of a page, as plain figures. Run in a world of its own.
(() => {
  const MOST = 400;
  const seen = (style, box) =>
    style.visibility === "visible" && style.display !== "none" && Number(style.opacity) > 0.1 &&
    box.width > 1 && box.height > 1;
  const colour = (text) => (/^rgba?\(/.test(text) ? text.match(/[\d.]+/g).map(Number) : []);
  const solid = (parts) => parts.length === 3 || (parts.length === 4 && parts[3] > 0.9);
  // null: a picture, something see-through or a colour of another space is behind it
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return null;
      const parts = colour(style.backgroundColor);
      if (solid(parts)) return parts.slice(0, 3);
      if (parts.length !== 4 || parts[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const own = (node) =>
    [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join(" ")
      .replace(/\s+/g, " ").trim();
  const facts = (node, text) => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!seen(style, box)) return null;
    return {
      text: text.slice(0, 200), words: text.split(/\s+/).length, top: box.top + scrollY,
      left: box.left, width: box.width, height: box.height, size: parseFloat(style.fontSize),
      bold: Number(style.fontWeight) >= 600, colour: colour(style.color).slice(0, 3),
      behind: behind(node),
    };
  };
  const texts = [], buttons = [], headings = [];
  for (const node of document.body ? document.body.querySelectorAll("*") : []) {
    if (texts.length >= MOST) break;
    if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|OPTION)$/.test(node.tagName)) continue;
    const text = own(node);
    if (text.length > 1) { const found = facts(node, text); if (found) texts.push(found); }
  }
  for (const node of document.querySelectorAll("h1,h2,h3")) {
    const text = (node.innerText || "").replace(/\s+/g, " ").trim();
    const found = text && headings.length < 60 ? facts(node, text) : null;
    if (found) headings.push({ ...found, level: Number(node.tagName[1]) });
  }
  for (const node of document.querySelectorAll("a,button,input[type=submit],input[type=button],[role=button]")) {
    const text = (node.innerText || node.value || "").replace(/\s+/g, " ").trim();
    const found = text && buttons.length < 100 ? facts(node, text) : null;
    if (!found) continue;
    const style = getComputedStyle(node), parts = colour(style.backgroundColor);
    const filled = style.backgroundImage !== "none" || (parts.length >= 3 && (parts.length < 4 || parts[3] > 0.2));
    const framed = parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== "none";
    if (node.tagName !== "A" || filled || framed) buttons.push(found);
  }
  const root = document.documentElement;
  return {
    width: innerWidth, height: innerHeight, whole: root.scrollHeight, across: root.scrollWidth,
    texts, buttons, headings, shrunk: document.querySelector("meta[name=viewport]") === null,
  };
})()
