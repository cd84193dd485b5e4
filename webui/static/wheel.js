// The wheel by keyboard and the marking of what belongs together. Without this every link works too.
"use strict";

for (const frame of document.querySelectorAll(".karrewiel, .focus-wheel")) {
  const spots = [...frame.querySelectorAll("svg.wheel a")];
  const items = [...frame.querySelectorAll("li")];
  const address = (link) => link.getAttribute("href");
  const ringOf = (spot) => spot.dataset.ring;
  // From the middle outwards.
  const order = ["middle", "group", "competency", "algemeen", "specifiek", "rim"];

  // On a phone the wheel itself is small: there the long lists begin folded.
  if (frame.clientWidth < 640) {
    for (const fold of frame.querySelectorAll("details.fold")) fold.open = false;
  }

  function mark(href, on) {
    for (const spot of spots) {
      if (address(spot) === href) spot.classList.toggle("marked", on);
    }
    for (const item of items) {
      if ([...item.querySelectorAll("a")].some((link) => address(link) === href)) item.classList.toggle("marked", on);
    }
  }

  for (const link of frame.querySelectorAll("a[href]")) {
    const href = address(link);
    link.addEventListener("pointerenter", () => mark(href, true));
    link.addEventListener("pointerleave", () => mark(href, false));
    link.addEventListener("focus", () => mark(href, true));
    link.addEventListener("blur", () => mark(href, false));
  }

  function distance(one, other) {
    const turn = Math.abs(Number(one.dataset.angle) - Number(other.dataset.angle)) % 360;
    return Math.min(turn, 360 - turn);
  }

  function clockwise(ring) {
    return [...ring].sort((one, other) => Number(one.dataset.angle) - Number(other.dataset.angle));
  }

  // Where a key leads from a link of the wheel, or nothing.
  function target(spot, key) {
    const shown = [...spot.ownerSVGElement.querySelectorAll("a")];
    const ring = clockwise(shown.filter((other) => ringOf(other) === ringOf(spot)));
    const place = ring.indexOf(spot);
    if (key === "ArrowRight") return ring[(place + 1) % ring.length];
    if (key === "ArrowLeft") return ring[(place + ring.length - 1) % ring.length];
    if (key === "Home") return shown[0];
    if (key === "End") return shown[shown.length - 1];
    if (key === "Escape") return [...frame.querySelectorAll("li a, p a")].find((link) => address(link) === address(spot) && link.getClientRects().length);
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const present = order.filter((name) => shown.some((other) => ringOf(other) === name));
    const next = present[present.indexOf(ringOf(spot)) + (key === "ArrowUp" ? 1 : -1)];
    const near = shown.filter((other) => ringOf(other) === next);
    return near.sort((one, other) => distance(spot, one) - distance(spot, other))[0];
  }

  for (const spot of spots) {
    spot.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const found = target(spot, event.key);
      if (!found) return;
      event.preventDefault();
      found.focus();
    });
  }
}
