// htmx for pages that want it: no inline style, no evaluated text, as the policy of the pages demands.
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
