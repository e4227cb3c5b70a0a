// A page that is printed: its button prints.
import "../behaviour/menus.js";
