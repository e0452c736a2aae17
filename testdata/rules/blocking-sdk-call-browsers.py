"""Browsers, downloaders and speech that are waited for."""

import asyncio

import yt_dlp
from apscheduler.schedulers.blocking import BlockingScheduler
from gtts import gTTS
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


async def browse(url):
    driver = webdriver.Chrome()  # want "blocks the event loop"
    driver.get(url)  # want "`driver.get..` .* blocks the event loop"
    WebDriverWait(driver, 10).until(lambda d: d.find_element(By.ID, "x"))  # want "blocks the event loop"
    for row in driver.find_elements(By.TAG_NAME, "tr"):
        print(row.text)
    driver.quit()  # want "blocks the event loop"


async def download(url):
    with yt_dlp.YoutubeDL({}) as ydl:
        ydl.extract_info(url, download=False)  # want "blocks the event loop"


async def speak(text):
    gTTS(text).save("x.mp3")  # want "blocks the event loop"


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
