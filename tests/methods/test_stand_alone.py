"""The methods are a library: no Django and no compiling."""

from __future__ import annotations

import subprocess
import sys

import pytest

MODULES = ("indicators", "norms", "retirement", "forecast", "allocation", "inequality", "themes")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_imported_without_django(name):
    loaded = "'django' in sys.modules, 'numba' in sys.modules"
    code = f"import sys, bianzhi.methods.{name}; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
