"use strict";
(function () {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const most = 20; // results that are shown
  const language = () => (root.dataset.language === "en" ? 1 : 0);
  const text = (zh, en) => [zh, en][language()];

  document.getElementById("language").addEventListener("click", function () {
    root.dataset.language = language() ? "zh" : "en";
    root.lang = language() ? "en" : "zh-CN";
    search();
  });
  document.getElementById("theme").addEventListener("click", function () {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  function element(name, content, parent) {
    const e = document.createElement(name);
    if (content !== undefined) e.textContent = content;
    if (parent) parent.appendChild(e);
    return e;
  }
  function post(school, word) {
    if (school < 0) return text("无岗位", "no post");
    return data.schools[school].n + " " + data.words[word][language()];
  }
  function table(parent, caption, head, rows) {
    const scroll = element("div", undefined, parent);
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", caption);
    const t = element("table", undefined, scroll);
    element("caption", caption, t);
    const line = element("tr", undefined, element("thead", undefined, t));
    for (const h of head) element("th", h, line).scope = "col";
    const body = element("tbody", undefined, t);
    for (const row of rows) {
      const tr = element("tr", undefined, body);
      row.forEach((cell, i) => { const e = element(i ? "td" : "th", cell, tr); if (!i) e.scope = "row"; });
    }
  }
  function showSchool(index) {
    const s = data.schools[index];
    const a = element("article", undefined, results);
    element("h3", s.n + " (" + s.i + ")", a);
    table(a, text("岗位", "Posts"), [text("岗位", "post"), text("需求", "need"), text("原有", "now"), text("方案", "planned")],
      (s.p || []).map((p) => [data.words[p[0]][language()], p[1], p[2], p[3]]));
    const moved = data.people.filter((p) => p[1] !== p[3] && (p[1] === index || p[3] === index));
    if (moved.length) table(a, text("调入调出", "Came and left"), [text("教师", "teacher"), text("由", "from"), text("至", "to"), text("依据", "ground")],
      moved.map((p) => [named(p), post(p[1], p[2]), post(p[3], p[4]), data.grounds[p[5]][language()]]));
  }
  function named(p) {
    return p[6] ? p[6] + " (" + p[0] + ")" : p[0];
  }
  function showTeacher(p) {
    const a = element("article", undefined, results);
    element("h3", named(p), a);
    element("p", post(p[1], p[2]) + " → " + post(p[3], p[4]), a);
    element("p", data.grounds[p[5]][language()], a);
  }
  function search() {
    const word = query.value.trim().toLowerCase();
    results.textContent = "";
    found.textContent = "";
    if (!word) return;
    const schools = [];
    data.schools.forEach((s, i) => { if (s.n.toLowerCase().includes(word) || s.i.toLowerCase() === word) schools.push(i); });
    const people = data.people.filter((p) => p[0].toLowerCase().startsWith(word) || p[6] && p[6].toLowerCase().includes(word));
    const all = schools.length + people.length;
    found.textContent = text("找到" + all + "项" + (all > most ? "，显示前" + most + "项" : ""), all + " found" + (all > most ? ", the first " + most + " shown" : ""));
    schools.slice(0, most).forEach(showSchool);
    people.slice(0, Math.max(0, most - schools.length)).forEach(showTeacher);
  }
  query.addEventListener("input", search);
})();
