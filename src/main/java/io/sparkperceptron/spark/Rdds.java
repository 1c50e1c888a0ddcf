package io.sparkperceptron.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Operations on RDDs whose functions reach Spark as objects of a class. Before each job, Spark searches the bytecode
 * around every lambda that it got. That took a tenth of the time of a short training.
 */
public final class Rdds {

    private Rdds() {}

    /** A function that Spark sends to executors. */
    @FunctionalInterface
    public interface Sent<T, R> extends Serializable {

        R of(T argument);
    }

    /** The elements that a function keeps. */
    public static <T> JavaRDD<T> filter(JavaRDD<T> rdd, Sent<T, Boolean> kept) {
        return rdd.rdd().filter(new OfElement<>(kept)).toJavaRDD();
    }

    /** Merges what a function makes of each partition, in the order of their arrival, in one Spark job. */
    public static <T, R> R reduce(JavaRDD<T> rdd, Sent<Iterator<T>, R> ofPartition, BinaryOperator<R> merge) {
        AtomicReference<R> all = new AtomicReference<>();
        // Spark passes one at a time.
        Function2<Object, R, BoxedUnit> add = (partition, next) -> {
            all.set(all.get() == null ? next : merge.apply(all.get(), next));
            return BoxedUnit.UNIT;
        };
        RDD<T> scala = rdd.rdd();
        ClassTag<R> any = ClassTag$.MODULE$.apply(Object.class);
        scala.sparkContext().runJob(scala, new OfPartition<>(ofPartition), add, any);
        return all.get();
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
