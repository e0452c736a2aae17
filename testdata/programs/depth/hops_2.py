import hops_3


def hop_20():
    hop_21()


def hop_21():
    hop_22()


def hop_22():
    hop_23()


def hop_23():
    hop_24()


def hop_24():
    hop_25()


def hop_25():
    hop_26()


def hop_26():
    hop_27()


def hop_27():
    hop_28()


def hop_28():
    hop_29()


def hop_29():
    hops_3.hop_30()
