def apply(loop=None): ...  #: removed 3.14
