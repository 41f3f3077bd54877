// Who became whom, and where the posts went.
(function () {
  const graph = bianzhi.data("graph-data");
  const at = document.getElementById("graph-picture");
  if (graph && at && graph.boxes.length) {
    at.style.height = Math.min(3000, Math.max(200, graph.wide * 46 + 40)) + "px";
    const step = 1 / Math.max(1, graph.deep - 1);
    const count = {};
    graph.boxes.forEach((box) => { count[box.x] = (count[box.x] || 0) + 1; });
    const colour = (box) => box.self ? "#1f5a94" : box.gone ? "#e3e8ec" : "#cfe0ef";
    bianzhi.draw("graph-picture", {
      tooltip: { formatter: (item) => item.data.words || item.data.label.words },
      xAxis: { show: false, min: -0.18, max: 1.18 }, yAxis: { show: false, min: 0, max: 1, inverse: true },
      grid: { left: 0, right: 0, top: 4, bottom: 4 },
      series: [{
        type: "graph", coordinateSystem: "cartesian2d", symbol: "rect", symbolSize: [150, 28], lineStyle: { opacity: 1 },
        data: graph.boxes.map((box) => ({
          name: box.key, value: [box.x * step, (box.y + 0.5) / count[box.x]],
          itemStyle: { color: colour(box), borderColor: "#97a3ae", borderType: box.gone ? "dashed" : "solid" },
          label: { show: true, width: 142, overflow: "truncate", fontSize: 11,
            color: box.self ? "#fff" : "#1c2733", formatter: box.name,
            words: box.name + "（" + box.key + "）" + (box.gone ? "，当日不在册" : "") },
        })),
        links: graph.arrows.map((arrow) => ({
          source: arrow.from, target: arrow.to, words: arrow.words,
          lineStyle: { color: "#5d6b79", width: 1.4, opacity: 1, type: arrow.ahead ? "dashed" : "solid" },
          label: { show: graph.arrows.length <= 24, formatter: arrow.words + " →", fontSize: 11, color: "#1c2733" },
        })),
      }],
    });
  }
  const sankey = bianzhi.data("sankey-data");
  const place = document.getElementById("sankey-picture");
  if (!sankey || !place || !sankey.ribbons.length) return;
  const side = (index) => sankey.boxes.filter((box) => box.id.startsWith(index + ":")).length;
  place.style.height = Math.min(3000, Math.max(220, Math.max(side(0), side(1)) * 44 + 40)) + "px";
  const names = {};
  sankey.boxes.forEach((box) => { names[box.id] = box.name; });
  const hues = bianzhi.colours.kinds;
  const kinds = Array.from(new Set(sankey.ribbons.map((each) => each.kind)));
  bianzhi.draw("sankey-picture", {
    tooltip: {
      formatter: (item) => item.dataType === "edge"
        ? names[item.data.source] + " → " + names[item.data.target] + "\n" + item.data.kind + " " +
          bianzhi.number(item.data.value) + " 名"
        : names[item.name] + " " + bianzhi.number(item.value) + " 名",
    },
    series: [{
      type: "sankey", left: 210, right: 210, top: 26, bottom: 8, nodeGap: 14, nodeWidth: 12,
      draggable: false, layoutIterations: 32, emphasis: { focus: "adjacency" },
      data: sankey.boxes.map((box) => ({
        name: box.id, itemStyle: { color: box.outside ? "#97a3ae" : "#1f4e79" },
        label: { position: box.id.startsWith("0:") ? "left" : "right", width: 195, overflow: "truncate",
          formatter: (item) => names[item.name] + " " + bianzhi.number(item.value) },
      })),
      links: sankey.ribbons.map((each) => ({
        source: each.from, target: each.to, value: each.value, kind: each.kind,
        lineStyle: { color: hues[each.hue % hues.length], opacity: 0.45 },
      })),
    }],
    graphic: kinds.map((kind, index) => ({
      type: "text", top: 4, left: 210 + index * 130,
      style: { text: "■ " + kind, fill: hues[index % hues.length], fontSize: 12 },
    })),
  });
})();
