"""Projects written as text, assembled through the doors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import pytest

from lookalike.compiler import model, syntax

Texts: TypeAlias = Mapping[str, str]
Assemble: TypeAlias = Callable[..., model.Assembled]
AssembleModel: TypeAlias = Callable[[str], model.Assembled]


def _sources(texts: Texts) -> Sequence[model.SourceFile]:
    return [model.SourceFile(path, syntax.lookml.parse(text)) for path, text in texts.items()]


@pytest.fixture
def assemble() -> Assemble:
    """Assemble files by path; `imports` are projects by name."""

    def run(
        texts: Texts,
        imports: Mapping[str, Texts] | None = None,
        overrides: Mapping[str, str] | None = None,
        budget: syntax.Budget | None = None,
    ) -> model.Assembled:
        imported = {name: _sources(each) for name, each in (imports or {}).items()}
        return model.assemble(
            "shop", _sources(texts), imported, overrides or {}, budget or syntax.Budget()
        )

    return run


@pytest.fixture
def assemble_model(assemble: Assemble) -> AssembleModel:
    """Assemble one model file, `shop.model.lkml`, that has a connection."""

    def run(text: str) -> model.Assembled:
        return assemble({"shop.model.lkml": f'connection: "db"\n{text}'})

    return run
