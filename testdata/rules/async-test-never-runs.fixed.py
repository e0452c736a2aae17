import asyncio
import unittest
from abc import ABC
from unittest import TestCase as Case
from unittest import mock

import pytest
from django.test import TestCase as DjangoTestCase

from somewhere import Unknown, run_async


class TestPlain(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        self.x = 1

    async def test_it(self):
        await asyncio.sleep(0)

    @unittest.skipIf(False, "never")
    async def test_skipped(self):
        await asyncio.sleep(0)

    @mock.patch("os.getcwd")
    async def test_patched(self, getcwd):
        await asyncio.sleep(0)

    @pytest.mark.asyncio
    async def test_marked(self):
        await asyncio.sleep(0)

    async def tearDown(self):
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


class TestAliased(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        await asyncio.sleep(0)


class Base(unittest.TestCase):
    def setUp(self):
        self.x = 1


class TestDerived(Base):
    async def test_it(self):
        await asyncio.sleep(0)


class TestIsolated(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await asyncio.sleep(0)

    async def asyncTearDown(self):
        await asyncio.sleep(0)

    async def test_it(self):
        await asyncio.sleep(0)


class TestForgotten(unittest.TestCase):
    async def asyncSetUp(self):
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
