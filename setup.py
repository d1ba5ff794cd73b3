"""The one thing that pyproject.toml cannot say: folders of the repository's top are a part of the installed program.

builder/shipped.py finds them in either place. Everything else about the project stands in pyproject.toml.
"""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

PLACE = "builder.share"
SHARE = (
    "mkdocs.yml",
    "requirements.txt",
    "templates/**/*",
    "docs/*.md",
    "docs/images/staff-*.png",
    "datasets/datapackage.json",
    "datasets/schemas/*.json",
    "datasets/area.csv",
    "datasets/case_category.csv",
    "datasets/grade.csv",
    "datasets/indicator.csv",
    "deploy/**/*",
)


class BuildPy(build_py):
    """Takes no Python from the top of the repository: what is shipped there is no code."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return the modules of a package."""
        return [] if package == PLACE else super().find_package_modules(package, package_dir)


setup(
    cmdclass={"build_py": BuildPy},
    packages=[*find_packages(include=["builder*"]), PLACE],
    package_dir={PLACE: "."},
    package_data={
        "builder": [
            "locale/*/LC_MESSAGES/*.po",
            "desk/pages/*.html",
            "desk/static/*",
            "district/files/**/*",
            "log/browser/*",
            "report/*.html",
            "report/*.json",
        ],
        PLACE: SHARE,
    },
)
