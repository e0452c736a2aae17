class ModuleInfo(tuple[Any]):
    module_finder: Any
    name: str
    ispkg: bool
def extend_path(path, name: str): ...
def get_data(package: str, resource: str) -> bytes | None: ...  #: blocks AIO205
def get_importer(path_item): ...
def iter_importers(fullname: str = "") -> Iterator[Any]: ...
def iter_modules(path=None, prefix: str = "") -> Iterator[ModuleInfo]: ...  #: blocks AIO205
def resolve_name(name: str, *, strict=...) -> Any: ...  #: blocks AIO205; since 3.9
def walk_packages(path=None, prefix: str = "", onerror=None) -> Iterator[ModuleInfo]: ...  #: blocks AIO205
