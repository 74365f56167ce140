"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = (name) => JSON.parse($(`data-${name}`).textContent);
  const head = data("head"), rows = data("outputs"), tables = data("tables");
  const issues = data("issues"), pictures = data("pictures");
  const STATUS = 0, LAYOUT = 1, LANGUAGE = 2, BRAND = 3, PAPER = 4, PROFILE = 5, PART = 6, WHY = 7, PAGES = 8, SIZE = 9;
  const PAGE = 100, SOME_ISSUES = 20, SOME_PICTURES = 24, ALL_PRINTED = 3000, MOST_LISTED = 3000;
  const number = new Intl.NumberFormat("en");
  const many = (count, noun) => `${number.format(count)} ${noun}${count === 1 ? "" : "s"}`;
  const ICONS = {
    check: "M4 12.5 9.5 18 20 6.5", same: "M5 9h14M5 15h14", cross: "M6 6l12 12M18 6 6 18",
    hand: "M12 4 2.5 20h19zM12 10v4.5M12 17.4v.1", clock: "M12 3a9 9 0 1 0 .01 0M12 7.5V12l3 2", out: "M4 12h16M14 6l6 6-6 6",
  };
  const STATES = {
    written: ["Written", "good", "check"], unchanged: ["Unchanged", "still", "same"],
    failed: ["Failed", "bad", "cross"], refused: ["Changed by hand", "care", "hand"],
    waiting: head.rehearsed ? ["Would be written", "good", "clock"] : ["Not reached", "care", "clock"],
    orphan: ["No longer asked for", "care", "out"],
  };
  const state = (name) => STATES[name] || [name, "still", "same"];

  /* An element: text is always text, so nothing in a name or message can become markup. */
  function make(tag, values = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "on") element.addEventListener("click", value);
      else if (key === "text") element.textContent = value;
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return element;
  }
  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }
  /* Text of any script in an English line: it keeps its own direction. */
  const said = (text, tag = "bdi", values = {}) => make(tag, { dir: "auto", text, ...values });

  /* Paths are told by what they share with the one before; the rest of a row is numbers. */
  const paths = new Array(rows.length);
  for (let n = 0, before = ""; n < rows.length; n += 1) {
    before = paths[n] = before.slice(0, rows[n][10]) + rows[n][11];
  }
  /* Which problems a row has: one flat list, and where each row's part of it begins. */
  const begins = new Uint32Array(rows.length + 1);
  const eachRow = (issue, call) => {
    const runs = issue.runs || [];
    for (let n = 0; n < runs.length; n += 2) for (let row = runs[n]; row < runs[n] + runs[n + 1]; row += 1) call(row);
  };
  for (const issue of issues) eachRow(issue, (row) => { begins[row + 1] += 1; });
  for (let n = 0; n < rows.length; n += 1) begins[n + 1] += begins[n];
  const flat = new Uint32Array(begins[rows.length]), filled = begins.slice();
  issues.forEach((issue, index) => eachRow(issue, (row) => { flat[filled[row]++] = index; }));
  const issuesOf = (row) => flat.subarray(begins[row], begins[row + 1]);

  const words = (() => {
    try { return new Intl.DisplayNames(["en"], { type: "language" }); } catch { return null; }
  })();
  function languageName(tags) {
    return tags.split("+").map((tag) => { try { return words.of(tag); } catch { return tag; } }).join(" + ");
  }
  function length(seconds) {
    if (seconds < 60) return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
    if (seconds < 600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  const bytes = (size) => size >= 1e6 ? `${(size / 1e6).toFixed(1)} MB` : size ? `${Math.max(1, Math.round(size / 1e3))} kB` : "";
  function link(path) {
    if (head.base === null) return null;
    return head.base + path.split("/").map(encodeURIComponent).join("/");
  }
  const there = (row) => !["failed", "waiting"].includes(tables.status[rows[row][STATUS]]);

  /* ---- Head ---- */
  const counted = (name) => head.statuses[name] || 0;
  const errors = issues.filter((one) => one.severity === "error").length, warnings = issues.length - errors;
  function showHead() {
    const pieces = ["written", "waiting", "unchanged", "refused", "failed"].filter((name) => counted(name))
      .map((name) => `${number.format(counted(name))} ${state(name)[0].toLowerCase()}`);
    if (head.skipped) pieces.push(`${many(head.skipped, "row")} left out`);
    const day = new Date(`${head.day}T12:00:00`);
    const date = isNaN(day) ? head.day : day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    $("title").textContent = head.title;
    document.title = `${head.title}: ${pieces.join(", ") || "nothing to do"}`;
    $("kicker").textContent = head.rehearsed ? "Plan of a batch: nothing was written" : "Report of a batch";
    $("lead").textContent = pieces.length ? `${pieces.join(", ")}.` : "Nothing was asked for.";
    $("facts").append(`${date} · took ${length(head.seconds)} · handouts ${head.version} · in `, said(head.folder));
    $("foot").append("All of this page is in this one file; it asks nothing of the network. Links lead to the files beside it.");
    if (head.notes.length) $("notes").append(said(head.notes.join(" "), "p", { class: "panel" }));
    if (!issues.length) $("notes").append(make("p", { class: "panel", text: "Nothing needs you: there are no warnings and no failures." }));
  }
  function showCards() {
    const card = (count, name, kind, on, status) => {
      const look = count ? kind : "none";
      const values = { type: "button", class: `card ${look}`, on, "data-status": status, "aria-pressed": status ? "false" : null };
      $("cards").append(make("li", {}, make("button", values, make("span", { class: "number", text: number.format(count) }), name)));
    };
    for (const name of ["written", "waiting", "unchanged", "failed", "refused", "orphan"]) {
      const always = name === "unchanged" || name === "failed" || name === (head.rehearsed ? "waiting" : "written");
      if (!always && !counted(name)) continue;
      const kind = { bad: "bad", care: "care" }[state(name)[1]] || "";
      card(counted(name), state(name)[0], kind, () => { choose("status", form.status.value === name ? "" : name); $("outputs-title").scrollIntoView(); }, name);
    }
    const toIssues = (severity) => () => { filterIssues((one) => one.severity === severity, severity); $("issues").scrollIntoView(); };
    if (head.skipped) card(head.skipped, head.skipped === 1 ? "Row left out" : "Rows left out", "care", toIssues("error"));
    card(warnings, warnings === 1 ? "Warning" : "Warnings", "care", toIssues("warning"));
  }

  /* ---- Problems ---- */
  let chosenIssues = issues.map((_, index) => index), shownIssues = 0, cause = "";
  function showIssues() {
    if (!issues.length) return;
    $("issues").hidden = false;
    const parts = [];
    if (errors) parts.push(many(errors, "error"));
    if (warnings) parts.push(many(warnings, "warning"));
    $("issues-lead").textContent = `${parts.join(" and ")}, each with what to do about it.`;
    const kinds = new Map();
    for (const one of issues) {
      const key = `${one.severity} ${one.code}`;
      kinds.set(key, (kinds.get(key) || 0) + 1);
    }
    const chip = (key, text) => make("button", { type: "button", class: "chip", "aria-pressed": "false", "data-cause": key, text,
      on: () => key === cause || !key ? filterIssues(() => true, "") : filterIssues((one) => `${one.severity} ${one.code}` === key, key) });
    if (kinds.size > 1) $("causes").append(chip("", `All ${number.format(issues.length)}`), ...[...kinds].slice(0, 60).map(([key, count]) => chip(key, `${key.split(" ")[1]} ${number.format(count)}`)));
    $("more-issues").addEventListener("click", () => addIssues(SOME_ISSUES * 5));
    filterIssues(() => true, "");
  }
  function filterIssues(wanted, key) {
    cause = key;
    chosenIssues = [];
    issues.forEach((one, index) => { if (wanted(one)) chosenIssues.push(index); });
    shownIssues = 0;
    $("issue-list").replaceChildren();
    for (const one of $("causes").children) one.setAttribute("aria-pressed", String(one.dataset.cause === key));
    addIssues(SOME_ISSUES);
  }
  function addIssues(count) {
    const next = chosenIssues.slice(shownIssues, shownIssues + count);
    $("issue-list").append(...next.map(issueCard));
    shownIssues += next.length;
    const left = chosenIssues.length - shownIssues;
    $("more-issues").hidden = !left;
    $("more-issues").textContent = `Show more: ${number.format(left)} left`;
  }
  function placeOf(issue) {
    if (!issue.path) return issue.string || "";
    return issue.line ? `${issue.path}:${issue.line}:${issue.column || 0}` : issue.path;
  }
  function issueCard(index) {
    const issue = issues[index], error = issue.severity === "error", place = placeOf(issue);
    const badge = make("span", { class: "badge" }, icon(error ? "cross" : "hand"), error ? "Error" : "Warning");
    const top = make("p", { class: "top" }, badge, place ? said(place, "code") : "", make("code", { class: "muted", text: issue.code }));
    const card = make("li", { class: `issue ${issue.severity}` }, top, said(issue.message, "h3"));
    if (issue.source && issue.source.trim()) card.append(excerpt(issue));
    if (issue.hint) card.append(make("p", { class: "fix" }, make("b", { text: "What to do: " }), said(issue.hint)));
    if (issue.count) {
      const files = make("p", {}, issue.count > 1 ? `In ${many(issue.count, "output")}: ` : "In ");
      issue.files.forEach((path, at) => files.append(at ? ", " : "", said(path, "code")));
      if (issue.count > issue.files.length) files.append(` and ${number.format(issue.count - issue.files.length)} more`);
      card.append(files);
      if (issue.runs) card.append(make("button", { type: "button", class: "button", text: issue.count > 1 ? "Show these outputs" : "Show this output",
        on: () => { for (const name of KEPT) form[name].value = ""; onlyIssue = index; apply(); $("outputs-title").scrollIntoView(); $("outputs-title").focus({ preventScroll: true }); } }));
    }
    return card;
  }
  function excerpt(issue) {
    const line = issue.source, at = Math.max(0, (issue.column || 1) - 1);
    const word = /^[^\s,;:"']+/.exec(line.slice(at));
    const end = at + (word ? word[0].length : 1);
    const pre = make("pre", { dir: "auto", tabindex: "0", role: "group", "aria-label": "The line" });
    if (!issue.column || at >= line.length) pre.textContent = line;
    else pre.append(line.slice(0, at), make("mark", { text: line.slice(at, end) }), line.slice(end));
    return pre;
  }

  /* ---- Pictures ---- */
  let shownPictures = 0;
  function showPictures() {
    if (!pictures.length) return;
    $("pictures").hidden = false;
    $("pictures-lead").textContent = "First pages: one of each kind of sheet, and of those with problems.";
    $("more-pictures").addEventListener("click", () => addPictures(SOME_PICTURES * 4));
    addPictures(SOME_PICTURES);
  }
  function addPictures(count) {
    const rowOf = new Map(), next = pictures.slice(shownPictures, shownPictures + count);
    const wanted = new Set(next.map((one) => one[0]));
    paths.forEach((path, row) => { if (wanted.has(path)) rowOf.set(path, row); });
    $("picture-list").append(...next.map(([path, uri]) => picture(path, uri, rowOf.get(path))));
    shownPictures += next.length;
    const left = pictures.length - shownPictures;
    $("more-pictures").hidden = !left;
    $("more-pictures").textContent = `Show more: ${number.format(left)} left`;
  }
  function picture(path, uri, row) {
    const is = rows[row], layout = tables.layout[is[LAYOUT]], language = languageName(tables.language[is[LANGUAGE]]);
    const more = [tables.called[is[BRAND]] || tables.brand[is[BRAND]], tables.paper[is[PAPER]], tables.part[is[PART]], tables.profile[is[PROFILE]] === "clinic" ? "clinic profile" : ""];
    const image = make("img", { src: uri, alt: `First page of ${layout} in ${language}, ${tables.called[is[BRAND]] || tables.brand[is[BRAND]]}`, loading: "lazy" });
    const trouble = issuesOf(row).length ? make("span", { text: many(issuesOf(row).length, "problem") }) : "";
    const caption = make("span", { class: "caption" }, make("b", { text: layout }), make("span", { text: language }), said(more.filter(Boolean).join(" · "), "span"), trouble);
    const href = link(path), frame = make("span", { class: "frame" }, image);
    return make("li", {}, href ? make("a", { href }, frame, caption) : make("div", { class: "still" }, frame, caption));
  }

  /* ---- Outputs ---- */
  const form = $("filters").elements;
  const COLUMNS = [["Output", null], ["Status", STATUS], ["Language", LANGUAGE], ["Layout", LAYOUT], ["Brand", BRAND], ["Sheet", PAPER], ["Pages", PAGES], ["Size", SIZE]];
  const NAMES = { [STATUS]: "status", [LANGUAGE]: "language", [LAYOUT]: "layout", [BRAND]: "brand", [PAPER]: "paper" };
  let onlyIssue = -1, found = [], page = 0, sortBy = 0, down = false, lastKey = null;
  function fillFilters() {
    const used = (name, label) => tables[name].map((value, index) => [value, label(value), index]).filter(([value]) => value)
      .sort((a, b) => a[1].localeCompare(b[1])).map(([value, text]) => make("option", { value, text }));
    const brands = tables.brand.map((value, index) => [value, tables.called[index]]).filter(([value]) => value).sort();
    const all = () => make("option", { value: "", text: "all" });
    const trouble = [make("option", { value: "?error", text: "With an error" }), make("option", { value: "?warning", text: "With a warning" })];
    form.status.append(all(), ...used("status", (name) => state(name)[0]), ...(issues.length ? trouble : []));
    form.language.append(all(), ...used("language", (tag) => `${languageName(tag)} (${tag})`));
    form.layout.append(all(), ...used("layout", (name) => name));
    $("brands").append(...brands.slice(0, MOST_LISTED).map(([value, label]) => make("option", { value, label: label || null })));
    $("columns").append(...COLUMNS.map(([name], index) => make("th", { scope: "col", "aria-sort": index ? "none" : "ascending", class: index > 5 ? "amount" : null },
      make("button", { type: "button", text: name, on: () => sort(index) }))));
  }
  function numbersOf(name, wanted) {
    const low = wanted.toLowerCase(), exact = tables[name].indexOf(wanted);
    if (exact >= 0) return new Set([exact]);
    const meant = (value, index) => value.toLowerCase().includes(low) || (name === "brand" && tables.called[index].toLowerCase().includes(low));
    return new Set(tables[name].flatMap((value, index) => meant(value, index) ? [index] : []));
  }
  function filtered() {
    const wanted = [];
    for (const [column, name] of [[LANGUAGE, "language"], [LAYOUT, "layout"], [BRAND, "brand"], [STATUS, "status"]]) {
      const value = form[name].value.trim();
      if (value && !value.startsWith("?")) wanted.push([column, numbersOf(name, value)]);
    }
    const severity = form.status.value.startsWith("?") ? form.status.value.slice(1) : "";
    const text = form.text.value.trim().toLowerCase();
    const saying = new Set(), called = text ? numbersOf("brand", text) : null;
    if (text) issues.forEach((one, index) => { if (`${one.code} ${one.message} ${placeOf(one)}`.toLowerCase().includes(text)) saying.add(index); });
    let rowsOfIssue = null;
    if (onlyIssue >= 0) { rowsOfIssue = new Set(); eachRow(issues[onlyIssue], (row) => rowsOfIssue.add(row)); }
    const result = [];
    for (let row = 0; row < rows.length; row += 1) {
      if (rowsOfIssue && !rowsOfIssue.has(row)) continue;
      if (!wanted.every(([column, numbers]) => numbers.has(rows[row][column]))) continue;
      if (severity && !issuesOf(row).some((one) => issues[one].severity === severity)) continue;
      if (text && !paths[row].toLowerCase().includes(text) && !called.has(rows[row][BRAND]) && !(saying.size && issuesOf(row).some((one) => saying.has(one)))) continue;
      result.push(row);
    }
    return result;
  }
  function ordered(list) {
    const column = COLUMNS[sortBy][1];
    if (column !== null) {
      let value = (row) => rows[row][column];
      if (NAMES[column]) {
        const names = tables[NAMES[column]], order = names.map((_, index) => index).sort((a, b) => names[a].localeCompare(names[b]));
        const rank = new Uint32Array(names.length);
        order.forEach((index, place) => { rank[index] = place; });
        value = (row) => rank[rows[row][column]];
      }
      list.sort((a, b) => value(a) - value(b) || a - b);
    }
    return down ? list.reverse() : list;
  }
  function sort(index) {
    down = index === sortBy ? !down : index > 5;
    sortBy = index;
    [...$("columns").children].forEach((th, at) => th.setAttribute("aria-sort", at === index ? (down ? "descending" : "ascending") : "none"));
    apply();
  }
  function apply() {
    found = ordered(filtered());
    page = 0;
    for (const one of $("cards").querySelectorAll("[data-status]")) one.setAttribute("aria-pressed", String(one.dataset.status === form.status.value));
    remember();
    showRows();
  }
  function showRows() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(Math.max(0, page), pages - 1);
    const here = found.slice(page * PAGE, (page + 1) * PAGE);
    $("rows").replaceChildren(...here.map(tableRow));
    if (!here.length) $("rows").append(make("tr", {}, make("td", { class: "empty", colspan: COLUMNS.length, text: rows.length ? "No output is like that. Show all, or search for less." : "There are no outputs." })));
    $("showing").textContent = found.length === rows.length ? `${many(rows.length, "output")}` : `${number.format(found.length)} of ${many(rows.length, "output")}`;
    $("issue-filter").replaceChildren();
    if (onlyIssue >= 0) $("issue-filter").append("with the problem “", said(issues[onlyIssue].message), "” ", make("button", { type: "button", class: "chip", text: "Any problem", on: () => { onlyIssue = -1; apply(); } }));
    $("pager").hidden = pages < 2;
    $("page").value = page + 1;
    $("pages").textContent = `of ${number.format(pages)}`;
    $("previous").disabled = page === 0;
    $("next").disabled = page === pages - 1;
  }
  function brandCell(index) {
    const cell = make("td", { "data-name": "Brand" }, tables.brand[index] ? said(tables.brand[index]) : "");
    if (tables.called[index] && tables.called[index] !== tables.brand[index]) cell.append(said(tables.called[index], "span", { class: "said" }));
    return cell;
  }
  function tableRow(row) {
    const is = rows[row], path = paths[row], name = tables.status[is[STATUS]], [text, kind, sign] = state(name);
    const href = there(row) ? link(path) : null;
    const first = make("td", { class: "path" }, href ? make("a", { href, dir: "auto", text: path }) : said(path));
    for (const index of [...issuesOf(row)].slice(0, 3)) {
      first.append(make("span", { class: `said ${issues[index].severity}` }, `${issues[index].severity}: `, said(issues[index].message)));
    }
    if (issuesOf(row).length > 3) first.append(make("span", { class: "said", text: `and ${issuesOf(row).length - 3} more` }));
    const why = tables.why[is[WHY]];
    const status = make("td", {}, make("span", { class: `status ${kind}` }, icon(sign), text), why ? said(why, "span", { class: "said" }) : "");
    const tag = tables.language[is[LANGUAGE]];
    const sheet = [tables.paper[is[PAPER]], tables.part[is[PART]], tables.profile[is[PROFILE]] === "clinic" ? "clinic" : ""].filter(Boolean).join(" · ");
    const cell = (title, inside, extra = {}) => make("td", { "data-name": title, ...extra }, inside);
    return make("tr", {}, first, status, cell("Language", tag ? make("span", { title: languageName(tag), text: tag }) : ""), cell("Layout", tables.layout[is[LAYOUT]], { class: "tight" }),
      brandCell(is[BRAND]), cell("Sheet", sheet),
      cell("Pages", is[PAGES] ? number.format(is[PAGES]) : "", { class: "amount" }), cell("Size", bytes(is[SIZE]), { class: "amount" }));
  }
  function choose(name, value) {
    form[name].value = value;
    onlyIssue = -1;
    apply();
  }
  /* Filters stand in the address, so that a view can be sent to a colleague. */
  const KEPT = ["text", "status", "language", "layout", "brand"];
  function remember() {
    const kept = new URLSearchParams(KEPT.map((name) => [name, form[name].value.trim()]).filter(([, value]) => value));
    const hash = String(kept) ? `#${kept}` : "";
    try { if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* Some viewers forbid it. */ }
  }
  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of KEPT) if (kept.has(name)) form[name].value = kept.get(name);
  }
  function showWhy() {
    if (!head.reasons.length) return;
    $("why").hidden = false;
    $("why-title").textContent = head.rehearsed ? "Why files would be written" : "Why files were written";
    for (const [why, count] of head.reasons) $("reasons").append(make("dt", { text: number.format(count) }), said(why, "dd"));
  }
  function listen() {
    $("filters").addEventListener("input", () => { clearTimeout(lastKey); lastKey = setTimeout(apply, 120); });
    $("filters").addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    $("filters").addEventListener("reset", () => setTimeout(() => { onlyIssue = -1; apply(); }));
    $("previous").addEventListener("click", () => { page -= 1; showRows(); });
    $("next").addEventListener("click", () => { page += 1; showRows(); });
    $("page").addEventListener("change", () => { page = (parseInt($("page").value, 10) || 1) - 1; showRows(); });
    addEventListener("beforeprint", () => { if (shownIssues < ALL_PRINTED) addIssues(ALL_PRINTED - shownIssues); });
    addEventListener("hashchange", () => { recall(); apply(); });
  }
  showHead();
  showCards();
  showIssues();
  showPictures();
  fillFilters();
  recall();
  listen();
  apply();
  showWhy();
})();
