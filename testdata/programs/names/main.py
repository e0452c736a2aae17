import asyncio

from service import Plain


async def main(service, soup):
    service.fetch_user_profile("a")  # want `AIO101` "never awaited"
    if service.is_user_allowed("a"):  # want `AIO105` "."
        await asyncio.sleep(1)
    print(service.fetch_user_profile("a")["name"])  # want `AIO104` "."
    service.refresh()
    service.fetchuserprofiles()
    service.both_kinds_of_it()
    for tag in soup.find_all("a"):
        print(tag)
    for tag in Plain().fetch_user_profile("a"):
        print(tag)
    await service.fetch_user_profile("a")
    return service.fetch_user_profile("a")
