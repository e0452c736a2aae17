class Service:
    async def fetch_user_profile(self, name):
        return {}

    async def is_user_allowed(self, name):
        return True

    async def refresh(self):
        return None

    async def find_all(self, name):
        return []

    async def fetchuserprofiles(self):
        return []

    async def both_kinds_of_it(self):
        return None

    async def read_text_files(self):
        return None


class Plain:
    def both_kinds_of_it(self):
        return None
