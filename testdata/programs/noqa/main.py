import leaf


async def main():
    leaf.short_wait()
    leaf.any_wait()
    leaf.through()
    leaf.other_code()  # want `AIO207` "`other_code` calls `time.sleep\\(\\)`"
    leaf.first_is_fine()  # want `AIO207` "`first_is_fine` calls"
    leaf.other_code()  # noqa: AIO207
