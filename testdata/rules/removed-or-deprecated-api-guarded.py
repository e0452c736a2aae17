import asyncio
import sys

import pytest

if sys.version_info >= (3, 14):
    from inspect import iscoroutinefunction as is_coroutine_function
else:
    from asyncio import iscoroutinefunction as is_coroutine_function

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 14), reason="not any more")


async def test_policies():
    assert asyncio.get_event_loop_policy() is not None
