/* A wall that stays on for years. */
(function () {
  "use strict";
})();
