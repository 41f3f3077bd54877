"""The thresholds that come with the product."""
