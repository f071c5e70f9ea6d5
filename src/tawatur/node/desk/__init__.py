"""What is followed up: promises, requests, meetings, border notices, subjects."""
