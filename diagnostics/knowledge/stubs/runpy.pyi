def run_module(mod_name: str, init_globals=None, run_name: str | None = None, alter_sys: bool = False) -> dict[str, Any]: ...  #: blocks AIO205
def run_path(path_name, init_globals=None, run_name: str | None = None) -> dict[str, Any]: ...  #: blocks AIO205
