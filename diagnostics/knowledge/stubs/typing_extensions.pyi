from typing import *
from collections.abc import Buffer
from warnings import deprecated
from inspect import get_annotations
TypeForm: Any
Doc: Any
Sentinel: Any
