"""The bill of materials: CycloneDX 1.6 as JSON. cyclonedx is used here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from builder.supply.parts import IN_BROWSERS, Part

__all__ = ["bill"]

OURSELVES = "mingge"
VARYING = ("timestamp", "serialNumber")
"""What differs from run to run; both may be left out (CycloneDX 1.6, JSON schema)."""


def bill(parts: Iterable[Part]) -> str:
    """Return the bill of materials of the program with these parts."""
    made = [(item, component(item)) for item in parts]
    root = Component(name=OURSELVES, version=version(OURSELVES), type=ComponentType.APPLICATION, bom_ref=OURSELVES)
    root.licenses.add(LicenseFactory().make_from_string("MIT"))
    bom = Bom(components=[one for _, one in made])
    bom.metadata.component = root
    bom.register_dependency(root, [one for _, one in made])
    for item, one in made:
        bom.register_dependency(one, [other for needed, other in made if needed.name in item.needs])
    stated = json.loads(JsonV1Dot6(bom).output_as_string())
    for name in VARYING:
        stated.pop(name, None)
        stated["metadata"].pop(name, None)
    return json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def component(item: Part) -> Component:
    """Return one part. Its hashes are those of the files at the index of which one is installed; of npm, of ours."""
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=text) for text in item.hashes]
    group, _, name = item.name.rpartition("/")
    address = (
        f"https://www.npmjs.com/package/{item.name}/v/{item.version}" if item.is_npm
        else f"https://pypi.org/project/{item.name}/{item.version}/"
    )  # fmt: skip
    found = ExternalReference(type=ExternalReferenceType.DISTRIBUTION, hashes=hashes, url=XsUri(address))
    made = Component(
        name=name, group=group or None, version=item.version, type=ComponentType.LIBRARY,
        bom_ref=f"{item.name}=={item.version}", external_references=[found],
        purl=PackageURL("npm" if item.is_npm else "pypi", group or None, name, item.version),
    )  # fmt: skip
    if item.licence:
        made.licenses.add(LicenseFactory().make_from_string(item.licence))
    if item.name in IN_BROWSERS:
        made.properties.add(Property(name="mingge:runs-in", value="browser"))
    return made
