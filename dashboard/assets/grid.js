/* The list of cases: how its grid looks and draws, opens a case, keeps its order and page in the address, and follows the
   room. Loaded only on pages with controls, before Dash. The grid asks the server for rows; that something changed it
   learns from the panel of counts, which the event stream keeps up to date. */
(function () {
  "use strict";

  const GRID = "case-grid";
  const NEWEST_FIRST = ["opened", "changed"];   // columns whose plain order is descending (layouts/case_grid.py)
  const AGAIN_MS = 2000;                        // between two refreshes of the list; the first change is shown at once

  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const drawn = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  functions.liveRoom = (theme) => theme.withParams({
    backgroundColor: "var(--ground)", foregroundColor: "var(--text)", headerBackgroundColor: "var(--surface)",
    headerTextColor: "var(--muted)", borderColor: "var(--line)", accentColor: "var(--sky)", rowHoverColor: "var(--surface)",
    oddRowBackgroundColor: "var(--ground)", fontFamily: "inherit", fontSize: 16, headerFontSize: 16,
    browserColorScheme: "inherit", wrapperBorder: false, spacing: 6, focusShadow: "inset 0 0 0 2px var(--sky)",
  });

  drawn.CaseLink = (props) => props.data
    ? React.createElement("a", { href: props.data.href, tabIndex: -1 }, props.value) : null;
  drawn.CaseStatus = (props) => props.value
    ? React.createElement("span", { className: "status rank-" + props.value.rank, title: props.value.words }, props.value.words) : null;

  function open(event) {
    if (event.data) location.assign(window.liveroomReplay ? window.liveroomReplay.addressed(event.data.href) : event.data.href);
  }

  // -- the address -------------------------------------------------------------------------------------

  function sortOf(column) {
    const backward = (column.sort === "asc") === NEWEST_FIRST.includes(column.colId);
    return (backward ? "-" : "") + column.colId;
  }

  function write(name, value) {
    const address = new URL(location.href);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }

  function restore(api) {
    const said = new URL(location.href).searchParams;
    const sort = said.get("sort"), page = Number(said.get("page") || 1);
    if (sort) {
      const colId = sort.replace(/^-/, "");
      const plain = NEWEST_FIRST.includes(colId) ? "desc" : "asc", other = plain === "asc" ? "desc" : "asc";
      api.applyColumnState({ state: [{ colId, sort: sort === colId ? plain : other }], defaultState: { sort: null } });
    }
    return page;
  }

  // -- the list follows --------------------------------------------------------------------------------

  function follow(api) {
    let last = 0, waiting = null;
    const refresh = () => {
      waiting = null;
      last = performance.now();
      if (!api.isDestroyed()) api.refreshInfiniteCache();
    };
    const changed = () => {
      if (waiting === null) waiting = setTimeout(refresh, Math.max(0, last + AGAIN_MS - performance.now()));
    };
    const slot = document.getElementById("slot-case_states");
    let seen = null;
    const look = () => {
      const mark = slot.querySelector("[data-cases]");
      const now = mark && mark.dataset.cases;
      if (now !== seen && seen !== null) changed();
      seen = now;
    };
    look();
    document.addEventListener("liveroom:moment", changed);   // another one of the past
    new MutationObserver(look).observe(slot, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-cases"] });
  }

  function begin(api) {
    let page = restore(api);
    api.addEventListener("rowClicked", (event) => { if (!String(getSelection())) open(event); });
    api.addEventListener("cellKeyDown", (event) => { if (event.event.key === "Enter") open(event); });
    api.addEventListener("sortChanged", () => {
      const column = api.getColumnState().find((each) => each.sort);
      write("sort", column ? sortOf(column) : null);
    });
    api.addEventListener("paginationChanged", () => {
      if (page > 1) {   // the page of the address, once so many are known to be there
        if (api.paginationGetTotalPages() < page) return;
        const wanted = page - 1;
        page = 1;
        api.paginationGoToPage(wanted);
      }
      const current = api.paginationGetCurrentPage() + 1;
      if (api.paginationGetTotalPages() > 0) write("page", current > 1 ? String(current) : null);
    });
    follow(api);
  }

  // -- the filters: only those that say something go into the address ---------------------------------------

  function trim(event) {
    if (!event.target.matches("form.filters")) return;
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  }

  function whole() {   // back from another page: every filter may be set again
    for (const field of document.querySelectorAll("form.filters [name]")) field.disabled = false;
  }

  document.addEventListener("submit", trim);
  window.addEventListener("pageshow", whole);

  async function find() {
    if (!window.dash_ag_grid) { setTimeout(find, 50); return; }
    begin(await window.dash_ag_grid.getApiAsync(GRID));
  }

  find();
})();
