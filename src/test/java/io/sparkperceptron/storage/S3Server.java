package io.sparkperceptron.storage;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.AnonymousAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import io.findify.s3mock.S3Mock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;

/** A server of S3's protocol with one bucket in memory, and the settings for Hadoop's client. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "s3a://bucket/";

    private final S3Mock server;
    private final String address;

    public S3Server() {
        server = new S3Mock.Builder().withPort(0).withInMemoryBackend().build();
        address = "http://127.0.0.1:" + server.start().localAddress().getPort();
        AmazonS3ClientBuilder.standard()
                .withPathStyleAccessEnabled(true)
                .withEndpointConfiguration(new EndpointConfiguration(address, "us-east-1"))
                .withCredentials(new AWSStaticCredentialsProvider(new AnonymousAWSCredentials()))
                .build()
                .createBucket("bucket");
    }

    public Map<String, String> settings() {
        return Map.of(
                "fs.s3a.endpoint", address,
                "fs.s3a.path.style.access", "true",
                "fs.s3a.access.key", "a",
                "fs.s3a.secret.key", "b",
                "fs.s3a.attempts.maximum", "1");
    }

    public Configuration configuration() {
        Configuration configuration = new Configuration();
        settings().forEach(configuration::set);
        return configuration;
    }

    /**
     * The requests that this client has sent so far. Hadoop's {@code StorageStatistics} count only the process's first
     * S3 client.
     */
    public long requests() {
        try {
            IOStatisticsSource client = (IOStatisticsSource) FileSystem.get(URI.create(BUCKET), configuration());
            Map<String, Long> counts = client.getIOStatistics().counters();
            return Stream.of(
                            "object_metadata_request",
                            "object_list_request",
                            "object_put_request",
                            "object_copy_requests",
                            "object_delete_request",
                            "object_bulk_delete_request",
                            "stream_read_opened")
                    .mapToLong(name -> counts.getOrDefault(name, 0L))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        FileSystem.closeAll();
        server.shutdown();
    }
}
