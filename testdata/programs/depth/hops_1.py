import hops_2


def hop_10():
    hop_11()  # related "`hop_10` calls `hop_11`"


def hop_11():
    hop_12()


def hop_12():
    hop_13()


def hop_13():
    hop_14()


def hop_14():
    hop_15()


def hop_15():
    hop_16()


def hop_16():
    hop_17()


def hop_17():
    hop_18()


def hop_18():
    hop_19()


def hop_19():
    hops_2.hop_20()
