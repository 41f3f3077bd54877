"""One world for all tests of the room: nothing they do may change it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest

from bianzhi.sample.folder import Handed, write_folder
from bianzhi.sample.make import make_world
from bianzhi.sample.truth import Json, truth
from bianzhi.sample.world import District, World


@dataclass(frozen=True)
class Written:
    """A world on disk."""

    world: World
    folder: Path
    handed: Handed
    truth: Json


@pytest.fixture(scope="session")
def world() -> World:
    """The default: 138 institutions, 22 years, seed 1, mess 2."""
    return make_world()


@pytest.fixture(scope="session")
def district(world) -> District:
    return world.districts[0]


def written(world: World, folder: Path) -> Written:
    copy = deepcopy(world)  # writing plants troubles of its own
    handed = write_folder(copy, folder)
    return Written(copy, folder, handed, truth(copy, handed))


@pytest.fixture(scope="session")
def messy(world, tmp_path_factory) -> Written:
    return written(world, tmp_path_factory.mktemp("messy"))


@pytest.fixture(scope="session")
def clean(world, tmp_path_factory) -> Written:
    """The same world, its sheets left clean."""
    tidy = deepcopy(world)
    tidy.mess = 0
    return written(tidy, tmp_path_factory.mktemp("clean"))
