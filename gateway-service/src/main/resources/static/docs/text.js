/** An element with attributes and children; text is only ever text. */
export function element(name, attributes, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}

/** Paragraphs of a description with `code`, **bold** and [links](url), which is all the Markdown that the document uses. */
export function prose(text) {
  return (text ?? "")
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => element("p", {}, ...inline(paragraph.trim())));
}

export function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    if (link) {
      return element("a", { href: link[2] }, link[1]);
    }
    if (part.startsWith("`")) {
      return element("code", {}, part.slice(1, -1));
    }
    return part.startsWith("**") ? element("strong", {}, part.slice(2, -2)) : part;
  });
}
