"""What ../build.py knows: what the release is called, and the platforms that the program is for."""

import json
import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class About(MetadataHookInterface):
    def update(self, metadata):
        about = json.loads(os.environ["AIOLENS_ABOUT"])
        metadata.update({key: about[key] for key in ("description", "keywords", "version")})
        metadata["urls"] = {"Homepage": about["homepage"], "Issues": about["bugs"]["url"]}


class Platform(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ['AIOLENS_PLATFORM']}"
        build_data["shared_scripts"] = {f"bin/{name}": name for name in os.listdir("bin")}
