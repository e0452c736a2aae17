"""Browsers, downloaders and speech that are waited for."""

import asyncio

import yt_dlp
from apscheduler.schedulers.blocking import BlockingScheduler
from gtts import gTTS
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


async def browse(url):
    driver = await asyncio.to_thread(webdriver.Chrome)
    await asyncio.to_thread(driver.get, url)
    await asyncio.to_thread(WebDriverWait(driver, 10).until, lambda d: d.find_element(By.ID, "x"))
    for row in driver.find_elements(By.TAG_NAME, "tr"):
        print(row.text)
    await asyncio.to_thread(driver.quit)


async def download(url):
    with yt_dlp.YoutubeDL({}) as ydl:
        await asyncio.to_thread(ydl.extract_info, url, download=False)


async def speak(text):
    await asyncio.to_thread(gTTS(text).save, "x.mp3")


def extract(url):
    return yt_dlp.YoutubeDL().extract_info(url)


def page(url):
    driver = webdriver.Firefox()
    driver.get(url)
    return driver.page_source


async def fine(url):
    await asyncio.to_thread(page, url)
    return await asyncio.to_thread(extract, url)


def main():
    BlockingScheduler().start()
