def shared():
    return None


def open(path):
    return path
