import work


async def main(kind, path, flag, log: work.Log):
    work.rare(kind, path, flag, flag)
    work.rare("b", path, flag, flag)  # want `AIO207` "`rare` calls `time.sleep\\(\\)`"
    work.one_of_many(kind, path)
    work.one_of_many("d", path)  # want `AIO207` "`one_of_many` calls"
    work.one_of_two(kind, path)  # want `AIO207` "`one_of_two` calls"
    work.fails(path)  # want `AIO207` "`fails` calls"
    work.checked(path)  # want `AIO207` "`checked` calls"
    work.matched(kind, path)  # want `AIO207` "`matched` calls"
    work.after_others(kind, path)
    work.on_error(path)  # want `AIO207` "`on_error` calls"
    work.on_second_error(path)
    work.index()
    work.item(kind)
    work.version()
    work.settings()
    work.settings(True)  # want `AIO207` "`settings` calls"
    work.exists(path)  # want `AIO207` "`exists` calls"
    work.exists_1(path)  # want `AIO207` "2 calls down"
    work.exists_2(path)
    work.makes_2(path)  # want `AIO207` "3 calls down"
    work.makes_3(path)
    work.exists_if(path, kind, flag)
    work.tree_if(path, kind, flag)  # want `AIO207` "`tree_if` calls"
    work.tree_2(path, kind, flag)  # want `AIO207` "3 calls down"
    work.tree_0(path, kind, flag)
    work.Lazy().conn()  # want `AIO207` "`Lazy.conn` calls"
    work.Lazy().conn_again()
    work.reads_or_sleeps(path, flag)  # want `AIO207` "`reads_or_sleeps` calls `time.sleep\\(\\)`"
    work.reads_or_sleeps(path, False)  # want `AIO207` "2 calls down, where `text` calls `pathlib.Path.read_text\\(\\)`"


async def logging(log: work.Log):
    log.info("x")
    log.error_status("x")
    log.rotate()  # want `AIO207` "2 calls down"
    work.logs(log)
    work.logs_and_reads(log)  # want `AIO207` "3 calls down, where `text`"


async def platforms(path):
    work.on_windows(path)
    work.not_elsewhere(path)
    work.on_both(path)  # want `AIO207` "`on_both` calls"
    work.repeats(path)  # want `AIO207` "2 calls down"
    work.repeats(path, 0)
    work.repeats(path, times=path)  # want `AIO207` "2 calls down"
