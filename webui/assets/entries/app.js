// What every page does: parts of pages by htmx, menus, keyboard in lists, drafts, attachments, rows.
import htmx from "htmx.org";
import "../behaviour/frame.js";
import "../behaviour/menus.js";
import "../behaviour/refresh.js";
import "../behaviour/lists.js";
import "../behaviour/bulk.js";
import "../behaviour/drafts.js";
import "../behaviour/dropzones.js";
import "../behaviour/rows.js";
import "../behaviour/grid/grid.js";
import "../behaviour/phrases.js";

document.documentElement.classList.add("js");
window.htmx = htmx;
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});
