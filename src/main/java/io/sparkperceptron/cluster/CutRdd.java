package io.sparkperceptron.cluster;

import java.nio.ByteBuffer;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.serializer.SerializerInstance;
import scala.collection.Iterator;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An RDD whose jobs do not carry its lineage. Spark sends an RDD's lineage with every job, even if the RDD is cached.
 * For a table with thousands of columns, the query and its generated code take megabytes. This RDD broadcasts its
 * lineage once. An executor fetches it only if it must compute a partition.
 */
final class CutRdd<T> extends RDD<T> {

    private static final long serialVersionUID = 1;

    private final Broadcast<byte[]> maker;
    /** Stays on the driver, which needs it to find partitions and shuffles. */
    private final transient RDD<T> origin;

    private CutRdd(RDD<T> origin, ClassTag<T> type, Broadcast<byte[]> maker) {
        super(origin.sparkContext(), List$.MODULE$.empty(), type);
        this.origin = origin;
        this.maker = maker;
    }

    static <T> JavaRDD<T> of(JavaRDD<T> origin) {
        settleDependencies(origin.rdd());
        ByteBuffer bytes = SparkEnv.get().closureSerializer().newInstance().serialize(origin.rdd(), tag());
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return new CutRdd<>(origin.rdd(), origin.classTag(), BlockRdds.broadcast(origin, array)).toJavaRDD();
    }

    @Override
    public Iterator<T> compute(Partition partition, TaskContext task) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        SerializerInstance serializer = SparkEnv.get().closureSerializer().newInstance();
        RDD<T> made = serializer.deserialize(ByteBuffer.wrap(maker.value()), classes, CutRdd.<RDD<T>>tag());
        return made.iterator(partition, task);
    }

    @Override
    public Partition[] getPartitions() {
        return origin.partitions();
    }

    /** Logs under the name of Spark's RDD, because Spark writes the log lines about this RDD. */
    @Override
    public String logName() {
        return RDD.class.getName();
    }

    /** Returns a list, which is a {@code Seq} in Scala 2.12 and in 2.13. */
    @Override
    public List<Dependency<?>> getDependencies() {
        return List$.MODULE$.<Dependency<?>>empty().$colon$colon(new Origin<>(origin));
    }

    /** An RDD that is serialized before its dependencies are known cannot find its shuffle on an executor. */
    private static void settleDependencies(RDD<?> rdd) {
        for (Iterator<Dependency<?>> all = rdd.dependencies().iterator(); all.hasNext(); ) {
            Dependency<?> dependency = all.next();
            if (!(dependency instanceof ShuffleDependency)) {
                settleDependencies(dependency.rdd());
            }
        }
    }

    private static <A> ClassTag<A> tag() {
        return ClassTag$.MODULE$.apply(RDD.class);
    }

    /** The origin stays on the driver. */
    private static final class Origin<T> extends OneToOneDependency<T> {

        private static final long serialVersionUID = 1;

        private final transient RDD<T> rdd;

        Origin(RDD<T> rdd) {
            super(null);
            this.rdd = rdd;
        }

        @Override
        public RDD<T> rdd() {
            return rdd;
        }
    }
}
