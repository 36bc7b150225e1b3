// A page that is there to be printed opens the browser's dialogue by itself.
"use strict";

addEventListener("load", () => print());
