import asyncio
import unittest
from abc import ABC
from unittest import TestCase as Case
from unittest import mock

import pytest
from django.test import TestCase as DjangoTestCase

from somewhere import Unknown, run_async


class TestPlain(unittest.TestCase):
    async def setUp(self):  # want "`async def setUp` never runs, whatever it is for"
        self.x = 1

    async def test_it(self):  # want "`async def test_it` never runs, and passes whatever it holds: `unittest.TestCase` does not await; use `unittest.IsolatedAsyncioTestCase`"
        await asyncio.sleep(0)

    @unittest.skipIf(False, "never")
    async def test_skipped(self):  # want "`async def test_skipped` never runs"
        await asyncio.sleep(0)

    @mock.patch("os.getcwd")
    async def test_patched(self, getcwd):  # want "`async def test_patched` never runs"
        await asyncio.sleep(0)

    @pytest.mark.asyncio
    async def test_marked(self):  # want "`async def test_marked` never runs"
        await asyncio.sleep(0)

    async def tearDown(self):  # want "`async def tearDown` never runs"
        await asyncio.sleep(0)

    async def helper(self):
        await asyncio.sleep(0)

    def test_plain(self):
        async def test_inner():
            await asyncio.sleep(0)

        asyncio.run(test_inner())

    @run_async
    async def test_decorated(self):
        await asyncio.sleep(0)


class TestAliased(Case):
    async def test_it(self):  # want "never runs"
        await asyncio.sleep(0)


class Base(unittest.TestCase):
    def setUp(self):
        self.x = 1


class TestDerived(Base):
    async def test_it(self):  # want "never runs"
        await asyncio.sleep(0)


class TestIsolated(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):  # want "`async def setUp` never runs: `unittest` calls `setUp` as a plain function; call it `asyncSetUp`"
        await asyncio.sleep(0)

    async def asyncTearDown(self):
        await asyncio.sleep(0)

    async def test_it(self):
        await asyncio.sleep(0)


class TestForgotten(unittest.TestCase):
    async def asyncSetUp(self):  # want "`async def asyncSetUp` never runs"
        await asyncio.sleep(0)


# What follows is silent.


class TestUnknown(Unknown):
    async def test_it(self):
        await asyncio.sleep(0)


class TestMixed(Unknown, unittest.TestCase):
    async def test_it(self):
        await asyncio.sleep(0)


class TestDjango(DjangoTestCase):
    async def test_it(self):
        await asyncio.sleep(0)


class Mixin:
    async def test_it(self):
        await asyncio.sleep(0)


class TestPytest:
    async def test_it(self):
        await asyncio.sleep(0)


class OwnRunner(unittest.TestCase):
    def run(self, result=None):
        return super().run(result)


class TestOwn(OwnRunner):
    async def test_it(self):
        await asyncio.sleep(0)


class Meta(type):
    pass


class TestMeta(unittest.TestCase, metaclass=Meta):
    async def test_it(self):
        await asyncio.sleep(0)


@run_async
class TestDecorated(unittest.TestCase):
    async def test_it(self):
        await asyncio.sleep(0)


class TestGenerator(unittest.TestCase):
    async def test_source(self):
        yield 1


class NoTests(ABC):
    async def test_it(self):
        await asyncio.sleep(0)


async def test_function():
    await asyncio.sleep(0)
