package io.sparkperceptron.spark;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Operations on RDDs that pass functions to Spark as objects of a class. Spark searches the bytecode around every
 * lambda before each job, which took a tenth of the time of a short training.
 */
public final class Rdds {

    private Rdds() {}

    /** A function that Spark sends to executors. */
    @FunctionalInterface
    public interface Sent<T, R> extends Serializable {

        R of(T argument);
    }

    /** The elements for which the function is true. */
    public static <T> JavaRDD<T> filter(JavaRDD<T> rdd, Sent<T, Boolean> kept) {
        return rdd.rdd().filter(new OfElement<>(kept)).toJavaRDD();
    }

    /**
     * Merges the function's results for all partitions, in order of arrival, in one Spark job; null for no partitions.
     */
    public static <T, R> R reduce(JavaRDD<T> rdd, Sent<Iterator<T>, R> ofPartition, BinaryOperator<R> merge) {
        AtomicReference<R> all = new AtomicReference<>();
        BitSet partitions = new BitSet();
        partitions.set(0, rdd.getNumPartitions());
        run(rdd, partitions, ofPartition, next -> all.set(all.get() == null ? next : merge.apply(all.get(), next)));
        return all.get();
    }

    /** Passes the function's result for each of these partitions to the driver, one at a time, in one Spark job. */
    public static <T, R> void run(
            JavaRDD<T> rdd, BitSet partitions, Sent<Iterator<T>, R> ofPartition, Consumer<R> driver) {
        // Scala 2.12 and 2.13 both accept this type of list.
        scala.collection.immutable.List<Object> numbers = List$.MODULE$.empty();
        for (int partition = partitions.length(); (partition = partitions.previousSetBit(partition - 1)) >= 0; ) {
            numbers = numbers.$colon$colon(partition);
        }
        Function2<Object, R, BoxedUnit> arrived = (partition, next) -> {
            driver.accept(next);
            return BoxedUnit.UNIT;
        };
        ClassTag<R> any = ClassTag$.MODULE$.apply(Object.class);
        rdd.context().runJob(rdd.rdd(), new OfPartition<>(ofPartition), numbers, arrived, any);
    }

    private static final class OfElement<T> extends AbstractFunction1<T, Object> implements Serializable {

        private final Sent<T, Boolean> function;

        OfElement(Sent<T, Boolean> function) {
            this.function = function;
        }

        @Override
        public Object apply(T element) {
            return function.of(element);
        }
    }

    private static final class OfPartition<T, R> extends AbstractFunction2<TaskContext, scala.collection.Iterator<T>, R>
            implements Serializable {

        private final Sent<Iterator<T>, R> function;

        OfPartition(Sent<Iterator<T>, R> function) {
            this.function = function;
        }

        @Override
        public R apply(TaskContext task, scala.collection.Iterator<T> elements) {
            return function.of(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return elements.hasNext();
                }

                @Override
                public T next() {
                    return elements.next();
                }
            });
        }
    }
}
