"""What one viewer may see of the index: every listing, chart and search."""
