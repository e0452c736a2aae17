from gtts.tts import gTTS
#: module gtts.tts
class gTTS:
    def __init__(self, text, *args, **kw): ...
    def save(self, savefile): ...  #: blocks AIO204
    def write_to_fp(self, fp): ...  #: blocks AIO204
    def stream(self) -> Iterator[bytes]: ...
