package io.sparkperceptron.data;

import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.UserDefinedType;
import scala.Function1;
import scala.collection.immutable.List$;

/** The column by which rows are sorted. Compares its values as Spark's sort does. */
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

    /** Whether the next value equals the last one for Spark's sort, so their order is undefined. Modified: this. */
    boolean isTie(Object value) {
        InternalRow now = new GenericInternalRow(new Object[] {converter.apply(value)});
        boolean tie = before != null && ordering.compare(before, now) == 0;
        before = now;
        return tie;
    }
}
