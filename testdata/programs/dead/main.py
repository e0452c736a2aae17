import work


async def main():
    work.after_return()
    work.under_type_checking()
    work.raises()
    work.nested_only()
    work.lambda_only()
    work.class_only()
    work.default()
    work.live()  # want `AIO207` "`live` calls `time.sleep\\(\\)`"
    return 1
    work.live()
