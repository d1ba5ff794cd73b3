"""The published package as a DCAT catalogue (W3C, version 3) in JSON-LD, for data portals."""

from __future__ import annotations

from builder.model import Json, Package, PublishedTables, Scope, SiteConfig

__all__ = ["catalogue"]

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
TYPES = "https://www.iana.org/assignments/media-types/"


def catalogue(package: Package, tables: PublishedTables, scope: Scope, config: SiteConfig) -> Json:
    """Return the catalogue of one package, each table a dataset; its files are said in datapackage.json."""
    page, day = f"{config.url}data/", {"@value": scope.as_of.isoformat(), "@type": "xsd:date"}
    publisher: Json = {"@type": "foaf:Agent", "foaf:name": config.name}
    return {
        "@context": CONTEXT, "@type": "dcat:Catalog", "@id": f"{page}#catalog", "dct:title": config.name,
        "dct:publisher": publisher, "dct:modified": day, "dct:language": config.language,
        "foaf:homepage": {"@id": config.url},
        "dcat:dataset": {
            "@type": "dcat:Dataset", "@id": f"{page}#package", "dct:title": package.title,
            "dct:description": package.description or package.title, "dct:modified": day, "dct:publisher": publisher,
            "dcat:landingPage": {"@id": page}, **licence(package),
            "dct:temporal": {
                "@type": "dct:PeriodOfTime", "dcat:startDate": scope.period.start.isoformat(),
                "dcat:endDate": scope.period.end.isoformat(),
            },
            "dcat:distribution": [
                distribution(f"{page}all.zip", "application/zip", package.title),
                distribution(f"{page}datapackage.json", "application/json", "datapackage.json"),
                *(
                    {
                        "@type": "dcat:Distribution", "@id": f"{page}#{name}",
                        "dct:title": tables.resources[name].title,
                        "dcat:accessURL": {"@id": f"{page}#{name}"},
                    }
                    for name, frame in tables.frames.items()
                    if len(frame.columns)
                ),
            ],
        },
    }  # fmt: skip


def distribution(address: str, kind: str, title: str) -> Json:
    return {
        "@type": "dcat:Distribution", "dct:title": title, "dcat:downloadURL": {"@id": address},
        "dcat:accessURL": {"@id": address}, "dcat:mediaType": {"@id": f"{TYPES}{kind}"},
    }  # fmt: skip


def licence(package: Package) -> dict[str, Json]:
    """Return the licence where the package has one with an address."""
    path = str((package.descriptor.get("licenses") or [{}])[0].get("path", ""))
    return {"dct:license": {"@id": path}} if path.startswith(("http://", "https://")) else {}
