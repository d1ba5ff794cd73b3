"""A folder of CSV files in, a public disclosure site out. `pipeline` tells the story."""
