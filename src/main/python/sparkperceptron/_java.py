"""Where the Java classes are."""

from typing import Any

from pyspark.ml.util import JavaMLReadable, JavaMLReader

PACKAGE = "io.sparkperceptron.ml."


class _Reader(JavaMLReader):
    """Reads what the Java class of the same name has saved."""

    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return PACKAGE + clazz.__name__


class _Readable(JavaMLReadable):
    """Has a :class:`_Reader`, where pyspark's own would look for classes of Spark."""

    @classmethod
    def read(cls) -> _Reader:
        """Returns the reader of this class."""
        return _Reader(cls)
