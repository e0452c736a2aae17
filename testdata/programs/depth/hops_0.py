import hops_1


def hop_0():
    hop_1()  # related "`hop_0` calls `hop_1`"


def hop_1():
    hop_2()


def hop_2():
    hop_3()


def hop_3():
    hop_4()


def hop_4():
    hop_5()


def hop_5():
    hop_6()


def hop_6():
    hop_7()


def hop_7():
    hop_8()


def hop_8():
    hop_9()


def hop_9():
    hops_1.hop_10()  # related "`hop_9` calls `hop_10`"
