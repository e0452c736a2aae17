import hops_4


def hop_30():
    hop_31()  # related "`hop_30` calls `hop_31`"


def hop_31():
    hop_32()


def hop_32():
    hop_33()


def hop_33():
    hop_34()


def hop_34():
    hop_35()


def hop_35():
    hop_36()


def hop_36():
    hop_37()


def hop_37():
    hop_38()


def hop_38():
    hop_39()


def hop_39():
    hops_4.hop_40()
