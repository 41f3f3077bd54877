// Pictures: what all of them share. Data stands in the page as JSON; every picture has its table.
window.bianzhi = window.bianzhi || {};
bianzhi.colours = { approved: "#1f5a94", actual: "#d08a1d", event: "#5d6b79", ahead: "#b4bec7",
  kinds: ["#1f5a94", "#d08a1d", "#3d8b6d", "#8a5aa8", "#b3574b", "#5d7f9b", "#9a8b35"] };
bianzhi.data = function (id) {
  const found = document.getElementById(id);
  return found ? JSON.parse(found.textContent) : null;
};
// Draws into the element of an id; words in tooltips are text, never markup.
bianzhi.draw = function (id, option) {
  const at = document.getElementById(id);
  if (!at || !window.echarts) return null;
  const chart = echarts.init(at, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
  const tooltip = Object.assign({ renderMode: "richText", confine: true }, option.tooltip);
  chart.setOption(Object.assign({ animation: false, aria: { enabled: false } }, option, {
    tooltip: tooltip,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 },
  }));
  const fit = () => chart.resize();
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", fit);
  return chart;
};
bianzhi.number = function (value) {
  return String(Math.round(value * 10000) / 10000).replace("-", "−");
};
