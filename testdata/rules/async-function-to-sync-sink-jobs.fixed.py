"""Coroutine functions as jobs of schedulers that call plain functions."""

import asyncio
from functools import partial

import schedule
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler


async def announce(text=""):
    await asyncio.sleep(1)


def plain():
    asyncio.run(announce())


def scheduled():
    schedule.every().day.at("10:30").do(announce)
    schedule.every(5).minutes.do(lambda: announce("x"))
    scheduler = BackgroundScheduler()
    scheduler.add_job(announce, "interval", seconds=3)
    blocking = BlockingScheduler()
    blocking.add_job(func=lambda: asyncio.run(announce()), trigger="cron", hour=3)


def fine():
    schedule.every().day.do(plain)
    schedule.every().hour.do(asyncio.run, announce())
    schedule.every().hour.do(lambda: asyncio.run(announce()))
    background = BackgroundScheduler()
    background.add_job(plain, "interval", seconds=3)
    scheduler = AsyncIOScheduler()
    scheduler.add_job(announce, "interval", seconds=3)
    scheduler.add_job(partial(announce, "x"), "interval", seconds=3)
    scheduler.add_job(plain, "interval", seconds=3)
    scheduler.start()


async def later():
    # It runs where run_pending is called, not here.
    schedule.every().minute.do(plain)
