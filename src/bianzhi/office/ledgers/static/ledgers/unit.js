// The unit's 沿革 over its 核定 and 实有: events above, lines below, one axis of time.
(function () {
  const data = bianzhi.data("unit-picture-data");
  if (!data || !document.getElementById("unit-picture")) return;
  const colours = bianzhi.colours;
  const days = data.events.map((e) => e.day).concat(data.steps.map((s) => s[0]), [data.on]).sort();
  const last = days[days.length - 1] > data.on ? days[days.length - 1] : data.on;
  const lines = [1, 2].map((column) => {
    const points = data.steps.map((step) => [step[0], step[column]]);
    if (points.length) points.push([last, points[points.length - 1][1]]);
    return points;
  });
  const today = { silent: true, symbol: "none", label: { show: false },
    lineStyle: { color: "#c0392b", type: "solid", width: 1 }, data: [{ xAxis: data.on }] };
  const point = (event) => ({
    value: [event.day, 0], name: event.verbs.join("、"),
    itemStyle: { color: event.ahead ? "#fff" : colours.event,
      borderColor: event.ahead ? colours.ahead : colours.event, borderWidth: 1.5 },
    label: { color: event.ahead ? colours.ahead : "#1c2733" },
    words: event,
  });
  bianzhi.draw("unit-picture", {
    grid: [{ left: 46, right: 24, top: 8, height: 62 }, { left: 46, right: 24, top: 90, bottom: 24 }],
    legend: { top: 66, right: 24, itemHeight: 8, itemGap: 16, data: ["核定", "实有"] },
    xAxis: [0, 1].map((index) => ({
      type: "time", gridIndex: index, min: days[0], max: last, axisTick: { show: index === 1 },
      axisLine: { lineStyle: { color: "#97a3ae" } }, axisLabel: { show: index === 1, hideOverlap: true },
      splitLine: { show: index === 1, lineStyle: { color: "#eef1f4" } },
    })),
    yAxis: [
      { gridIndex: 0, min: -1, max: 1, show: false },
      { gridIndex: 1, min: 0, splitNumber: 3, minInterval: 1, splitLine: { lineStyle: { color: "#eef1f4" } } },
    ],
    tooltip: {
      trigger: "item",
      formatter: (item) => item.data.words
        ? item.data.words.day + "　" + item.data.words.verbs.join("、") + "\n" + item.data.words.paper
        : item.seriesName + " " + bianzhi.number(item.value[1]) + "（" + item.value[0] + "）",
    },
    series: [
      { type: "scatter", xAxisIndex: 0, yAxisIndex: 0, symbolSize: 9, data: data.events.map(point),
        label: { show: true, position: "top", formatter: "{b}", fontSize: 11 },
        labelLayout: { hideOverlap: true, moveOverlap: "shiftX" }, markLine: today },
      { name: "核定", type: "line", step: "end", xAxisIndex: 1, yAxisIndex: 1, symbolSize: 4,
        color: colours.approved, data: lines[0], lineStyle: { width: 2 }, markLine: today },
      { name: "实有", type: "line", step: "end", xAxisIndex: 1, yAxisIndex: 1, symbolSize: 3,
        color: colours.actual, data: lines[1], lineStyle: { width: 1.5 } },
    ],
  });
})();
