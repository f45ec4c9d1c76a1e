"""Foundations: the model, the context, seals, verdicts, speed, and bad input."""

import json
from pathlib import Path

from tests.conftest import reference_folder
from tests.prove import Measured, shows

GROUP = "Foundations"


def published() -> Path:
    """The folder that holds the published `reference/` and the tables of `data/` made from it."""
    reference = reference_folder()
    if reference is None:
        raise FileNotFoundError("the published material is not at hand (set EDC_MICROCRED_REFERENCE)")
    return reference.parent


@shows(group=GROUP, text="The models have every class and every property slot of the published ELM 3.2 shapes")
def every_class_and_slot_is_modelled() -> Measured:
    from edc_microcred import elm

    shapes = json.loads((published() / "data" / "elm" / "classes-3.2.json").read_text("utf-8"))["classes"]
    active = [shape for shape in shapes if shape.get("targetClass") and not shape["deactivated"]]
    classes = slots = 0
    for shape in active:
        model = getattr(elm, shape["typeTerm"] or shape["targetClass"].rpartition("#")[2], None)
        if model is None:
            continue
        classes += 1
        terms = {field.alias or name for name, field in model.model_fields.items()}
        slots += sum((slot["term"] or slot["curie"].partition(":")[2]) in terms for slot in shape["properties"])
    all_slots = sum(len(shape["properties"]) for shape in active)
    return Measured(
        f"{classes} of {len(active)} classes, {slots} of {all_slots} slots",
        met=(classes, slots) == (len(active), all_slots),
    )
