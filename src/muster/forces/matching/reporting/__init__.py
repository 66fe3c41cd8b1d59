"""What people look at in a matching, as values; ``muster.exchange.report_html`` draws them."""
