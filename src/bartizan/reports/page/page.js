"use strict";
(async () => {
  const held = document.getElementById("plotly");
  const charts = [...document.querySelectorAll(".chart")];
  if (!charts.length || !("DecompressionStream" in window)) return;
  // Where anything fails, the still charts stay.
  const bytes = Uint8Array.from(atob(held.textContent), (c) => c.charCodeAt(0));
  const flow = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = document.createElement("script");
  code.textContent = await new Response(flow).text();
  document.head.append(code);
  const day = PALETTE_OF_DAY();
  const isFine = matchMedia("(pointer: fine)").matches;

  function PALETTE_OF_DAY() {
    const found = new Map();
    for (const rule of document.styleSheets[0].cssRules) {
      if (rule.selectorText !== ":root") continue;
      for (const name of rule.style) found.set(rule.style.getPropertyValue(name).trim(), name);
      break;
    }
    return found;
  }

  function figureOf(chart) {
    const now = getComputedStyle(document.documentElement);
    const width = chart.clientWidth < 500 ? "narrow" : "wide";
    const text = chart.querySelector("script." + width).textContent.replace(
      /#[0-9a-f]{6}/g, (hex) => day.has(hex) ? now.getPropertyValue(day.get(hex)).trim() : hex);
    const figure = JSON.parse(text);
    figure.layout.dragmode = isFine ? "zoom" : false;
    chart.dataset.width = width;
    return figure;
  }

  function draw(chart) {
    const figure = figureOf(chart);
    const place = chart.querySelector(".plot");
    place.style.height = figure.layout.height + "px";
    chart.classList.add("live");
    return Plotly.react(place, figure.data, figure.layout, { displayModeBar: false, responsive: true });
  }

  for (const chart of charts) {
    const place = document.createElement("div");
    place.className = "plot";
    chart.append(place);
  }

  function colours() {
    const now = getComputedStyle(document.documentElement);
    return [...day.values()].map((name) => now.getPropertyValue(name).trim()).join();
  }

  async function drawAll() {
    let drawn;
    do {
      drawn = colours();
      for (const chart of charts) await draw(chart);
    } while (drawn !== colours());
    document.documentElement.dataset.live = drawn === [...day.keys()].join() ? "day" : "night";
  }

  // On paper it is day. Back from there at night, only the second of them may tell.
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", drawAll);
  }
  addEventListener("resize", () => charts.forEach((chart) => {
    if ((chart.clientWidth < 500 ? "narrow" : "wide") !== chart.dataset.width) draw(chart);
  }));
  await drawAll();
})();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
