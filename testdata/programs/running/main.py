import guards


async def main(futures, coroutine):
    guards.never_on_a_loop("x")
    guards.raises_on_a_loop()
    guards.either(futures)
    guards.either_by_name(futures)
    guards.either_by_call(futures)  # want `AIO207` "."
    guards.either_by_helper(futures)
    guards.in_handler(coroutine)
    guards.blocks_on_a_loop(coroutine)  # want `AIO207` "`blocks_on_a_loop` calls"
    guards.blocks_behind("x")  # want `AIO207` "`blocks_behind` calls `time.sleep\\(\\)`"
    guards.other_error("x")  # want `AIO207` "`other_error` calls `time.sleep\\(\\)`"
    guards.either_by_flag(futures)
    guards.either_by_early_flag(futures)
    guards.other_flag(futures)  # want `AIO207` "`other_flag` calls"
    guards.starts_by_flag(coroutine)
