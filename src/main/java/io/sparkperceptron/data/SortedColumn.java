package io.sparkperceptron.data;

import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.UserDefinedType;
import scala.Function1;
import scala.collection.immutable.List$;

/** The values of the column that rows are sorted by, one after another. They are compared as Spark compares them when it sorts. */
final class SortedColumn {

    private final Function1<Object, Object> converter;
    private final InterpretedOrdering ordering;
    /** Null before the first value. */
    private InternalRow before;

    SortedColumn(DataType type) {
        converter = CatalystTypeConverters.createToCatalystConverter(type);
        DataType sorted = type instanceof UserDefinedType<?> own ? own.sqlType() : type;
        ordering = InterpretedOrdering.forSchema(List$.MODULE$.<DataType>empty().$colon$colon(sorted));
    }

    /** Whether the order of the next row and the row before is open, because Spark takes their values as equal. Modified: this. */
    boolean isTie(Object value) {
        InternalRow now = new GenericInternalRow(new Object[] {converter.apply(value)});
        boolean tie = before != null && ordering.compare(before, now) == 0;
        before = now;
        return tie;
    }
}
