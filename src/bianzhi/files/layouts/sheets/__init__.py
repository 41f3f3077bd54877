"""The office's layouts, one file each: columns in order, headings from the top down."""
