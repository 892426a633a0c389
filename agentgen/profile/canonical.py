"""A profile to and from the plain mapping that stands in `profile.yaml`.

What is empty or a default is left out, so that a file holds decisions and nothing else. Mappings that come in were
checked by `validate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agentgen.profile.mappings import (
    approval_out,
    approvals_in,
    field_in,
    plain,
    present,
    prose_in,
    prose_out,
    text_in,
    text_out,
)
from agentgen.profile.model import CANONICAL_FIELDS, FORMAT_VERSION, Layout, Profile, ProfileSection


def profile_to_mapping(profile: Profile) -> dict[str, Any]:
    """What `profile.yaml` holds."""
    fields = {key: plain(profile.fields[key]) for key in CANONICAL_FIELDS if profile.fields.get(key) is not None}
    return {
        "agentgen": FORMAT_VERSION,
        **fields,
        **present(
            role=text_out(profile.role),
            role_layout=_layout_out(profile.role_layout),
            sections=[_section_out(section) for section in profile.sections],
            extensions={tool: plain(values) for tool, values in profile.extensions.items() if values},
            approvals=[approval_out(approval) for approval in profile.approvals],
            prose=prose_out(profile.prose),
        ),
    }


def profile_from_mapping(data: Mapping[str, Any]) -> Profile:
    """The inverse."""
    return Profile(
        fields={key: field_in(key, data[key]) for key in CANONICAL_FIELDS if data.get(key) is not None},
        role=text_in(data.get("role")),
        role_layout=_layout_in(data.get("role_layout")),
        sections=tuple(_section_in(entry) for entry in data.get("sections", ())),
        extensions=data.get("extensions", {}),
        approvals=approvals_in(data),
        prose=prose_in(data),
    )


def _section_out(section: ProfileSection) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        **present(
            **{"from": list(section.origins)},
            targets=list(section.targets),
            layout=_layout_out(section.layout),
            body=text_out(section.body),
            sections=[_section_out(child) for child in section.sections],
        ),
    }


def _section_in(data: Mapping[str, Any]) -> ProfileSection:
    return ProfileSection(
        id=data["id"],
        title=data.get("title") or "",
        body=text_in(data.get("body")),
        sections=tuple(_section_in(entry) for entry in data.get("sections", ())),
        origins=tuple(data.get("from", ())),
        targets=tuple(data.get("targets", ())),
        layout=_layout_in(data.get("layout")),
    )


def _layout_out(layout: Layout) -> dict[str, Any]:
    values = {"heading": layout.heading, "level": layout.level, "below": layout.below, "after": layout.after}
    return {key: value for key, value in values.items() if value is not None}


def _layout_in(data: Mapping[str, Any] | None) -> Layout:
    values = data or {}
    level = values.get("level")
    return Layout(values.get("heading"), int(level) if level else None, values.get("below"), values.get("after"))
