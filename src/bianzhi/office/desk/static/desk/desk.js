// What every page needs of script. Pages work without it, but for pictures.
