// On Apple's systems the command key does what Ctrl does elsewhere.
if (/Mac|iPhone|iPad/.test(navigator.platform))
  for (const each of document.querySelectorAll("[data-command]")) each.textContent = each.textContent.replace("Ctrl", "⌘");
