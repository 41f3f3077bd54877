"""The register (名册): every unit in being as one table, found, filtered, grouped, summed."""
