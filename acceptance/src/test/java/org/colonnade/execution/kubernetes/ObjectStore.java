package org.colonnade.execution.kubernetes;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.net.URI;
import java.nio.file.Path;
import org.colonnade.storage.StorageProperties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A server that speaks S3 and checks signatures, with one bucket. */
final class ObjectStore implements AutoCloseable {

    private final S3Proxy server;

    /** @param folder an empty one */
    ObjectStore(Path folder) throws Exception {
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
                .build();
        server.start();
        try (var client = MinioClient.builder()
                .endpoint(bucket().endpoint())
                .region("us-east-1")
                .credentials("key", "secret")
                .build()) {
            client.makeBucket(MakeBucketArgs.builder().bucket("files").build());
        }
    }

    StorageProperties.S3 bucket() {
        return new StorageProperties.S3(
                "http://127.0.0.1:" + server.getPort(), "us-east-1", "files", "artifacts/", "key", "secret");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
