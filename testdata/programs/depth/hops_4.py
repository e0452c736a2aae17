import time


def hop_40():
    hop_41()


def hop_41():
    hop_42()


def hop_42():
    hop_43()


def hop_43():
    hop_44()


def hop_44():
    hop_45()


def hop_45():
    hop_46()


def hop_46():
    hop_47()


def hop_47():
    hop_48()


def hop_48():
    hop_49()


def hop_49():
    time.sleep(1)  # related "`hop_49` blocks here"
