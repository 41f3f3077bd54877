// The organisation chart as a picture: boxes open on a click, their branches fetched when needed.
(function () {
  const data = bianzhi.data("chart-picture-data");
  const at = document.getElementById("chart-picture");
  if (!data || !at) return;
  const shades = { over: "#c0392b", full: "#8695a3", some: "#7fb3dc", much: "#2f78b7", nil: "#e3e8ec" };
  const dress = (box, depth) => Object.assign(box, {
    itemStyle: { color: shades[box.shade], borderColor: shades[box.shade] },
    collapsed: depth >= 2 && box.children.length > 0,
    symbol: box.more || box.children.length ? "roundRect" : "rect",
    children: box.children.map((each) => dress(each, depth + 1)),
  });
  const leaves = (box) => box.children.length && !box.collapsed
    ? box.children.reduce((sum, each) => sum + leaves(each), 0) : 1;
  const top = dress(data, 0);
  const figures = (box) => box.approved === undefined ? ""
    : "  " + bianzhi.number(box.actual) + "/" + bianzhi.number(box.approved);
  const height = () => Math.min(6000, Math.max(230, leaves(top) * 20 + 30)) + "px";
  at.style.height = height();
  const chart = bianzhi.draw("chart-picture", {
    tooltip: {
      formatter: (item) => item.data.name + (item.data.approved === undefined ? "" : "\n核定 " +
        bianzhi.number(item.data.approved) + "　实有 " + bianzhi.number(item.data.actual) +
        "　空编 " + bianzhi.number(item.data.vacant)),
    },
    series: [{
      type: "tree", data: [top], left: 120, right: 260, top: 10, bottom: 10, symbolSize: 9,
      edgeShape: "polyline", expandAndCollapse: false, initialTreeDepth: -1, roam: false,
      lineStyle: { color: "#c5cfd8", width: 1, curveness: 0 },
      label: { position: "left", align: "right", verticalAlign: "middle", fontSize: 11,
        backgroundColor: "#fff", padding: [1, 3],
        formatter: (item) => item.data.name + figures(item.data) },
      leaves: { label: { position: "right", align: "left" } },
    }],
  });
  if (!chart) return;
  const again = function () {
    at.style.height = height();
    chart.resize();
    chart.setOption({ series: [{ data: [top] }] });
  };
  const find = (box, key) => box.key === key ? box
    : box.children.reduce((found, each) => found || find(each, key), null);
  chart.on("click", function (item) {
    const box = find(top, item.data.key);
    if (!box) return;
    if (box.more) {
      fetch(box.below + "&form=json", { headers: { Accept: "application/json" } })
        .then((answer) => answer.json())
        .then(function (found) {
          box.more = false;
          box.children = found.children.map((each) => dress(each, 1));
          again();
        });
    } else if (box.children.length) {
      box.folded = box.children;
      box.children = [];
      again();
    } else if (box.folded) {
      box.children = box.folded;
      box.folded = null;
      again();
    } else {
      window.location = box.href;
    }
  });
})();
