package io.sparkperceptron.storage;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.AnonymousAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import io.findify.s3mock.S3Mock;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A server of S3's protocol, with one bucket in memory, and what Hadoop's client has to know. */
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

    @Override
    public void close() throws IOException {
        FileSystem.closeAll();
        server.shutdown();
    }
}
