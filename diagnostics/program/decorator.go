package program

import "strings"

// keepers are decorators that leave what a call of the function gives as it is, by qualified name or by the last
// part of it behind a dot.
var keepers = map[string]bool{
	"staticmethod": true, "classmethod": true, "property": true,
	"functools.wraps": true, "functools.lru_cache": true, "functools.cache": true, "functools.cached_property": true,
	"functools.singledispatch": true, "functools.singledispatchmethod": true,
	"abc.abstractmethod": true, "typing.override": true, "typing_extensions.override": true, "typing.final": true,
	"typing.overload": true, "typing.no_type_check": true, "typing_extensions.deprecated": true, "warnings.deprecated": true,
	"atexit.register": true,
	"tenacity.retry":  true, "backoff.on_exception": true, "backoff.on_predicate": true, "stamina.retry": true,
	"pytest.mark": true, "unittest.skip": true, "unittest.mock.patch": true, "unittest.mock.patch.object": true,
}

// routers are the last parts of decorators by which web frameworks, bots and command lines register a function and
// hand it back as it was.
var routers = map[string]bool{
	"get": true, "post": true, "put": true, "delete": true, "patch": true, "head": true, "options": true, "route": true, "websocket": true,
	"on_event": true, "middleware": true, "exception_handler": true, "before_request": true, "after_request": true, "event": true, "listener": true,
	"api_route": true, "before_serving": true, "after_serving": true,
}

// keeps says whether a decorator with a qualified name keeps what a call gives.
func keeps(name string) bool {
	if keepers[name] || strings.HasPrefix(name, "pytest.mark.") || strings.HasPrefix(name, "unittest.mock.patch") || strings.HasPrefix(name, "unittest.skip") {
		return true
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 || !routers[name[i+1:]] {
		return false
	}
	top, _, _ := strings.Cut(name, ".")
	switch top {
	case "fastapi", "starlette", "aiohttp", "sanic", "quart", "litestar", "flask", "discord", "aiogram":
		return true
	}
	return false
}
