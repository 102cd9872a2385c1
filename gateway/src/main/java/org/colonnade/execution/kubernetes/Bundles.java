package org.colonnade.execution.kubernetes;

import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.colonnade.storage.StorageProperties;

/** The files of runs on their way through an object store: one object for what goes in, one for what comes out. */
final class Bundles {

    private static final long CONNECT_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long TRANSFER_MILLIS = Duration.ofSeconds(60).toMillis();
    private static final String INPUTS = "/inputs.tar";
    private static final String RESULTS = "/results.tar";

    private final MinioClient client;
    private final StorageProperties.S3 bucket;
    private final String prefix;

    /** The object store does not answer, or does not let the gateway in. */
    static final class StoreException extends IOException {
        private static final long serialVersionUID = 1L;

        StoreException(Exception cause) {
            super("The object store failed: " + cause.getMessage(), cause);
        }
    }

    /** @param cluster its files stand under that name */
    Bundles(StorageProperties.S3 bucket, String cluster) {
        this.bucket = bucket;
        this.prefix = "clusters/" + cluster + "/";
        this.client = MinioClient.builder()
                .endpoint(bucket.endpoint())
                .region(bucket.region())
                .credentials(bucket.accessKey(), bucket.secretKey())
                .httpClient(
                        Http.setTimeout(Http.newDefaultClient(), CONNECT_MILLIS, TRANSFER_MILLIS, TRANSFER_MILLIS),
                        true)
                .build();
    }

    URI endpoint() {
        return URI.create(bucket.endpoint());
    }

    void send(String run, Path inputs) throws StoreException {
        try {
            client.uploadObject(UploadObjectArgs.builder()
                    .bucket(bucket.bucket())
                    .object(prefix + run + INPUTS)
                    .filename(inputs.toString())
                    .build());
        } catch (MinioException e) {
            throw new StoreException(e);
        }
    }

    /** An address from which the inputs can be fetched, without any other credential. */
    String inputsAddress(String run, Duration validity) throws StoreException {
        return address(Http.Method.GET, run + INPUTS, validity);
    }

    /** An address to which the results can be sent, without any other credential. */
    String resultsAddress(String run, Duration validity) throws StoreException {
        return address(Http.Method.PUT, run + RESULTS, validity);
    }

    private String address(Http.Method method, String object, Duration validity) throws StoreException {
        try {
            return client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(method)
                    .bucket(bucket.bucket())
                    .object(prefix + object)
                    .expiry(Math.toIntExact(validity.toSeconds()))
                    .build());
        } catch (MinioException e) {
            throw new StoreException(e);
        }
    }

    /** What the run sent; empty if it sent nothing. */
    Optional<InputStream> results(String run) throws StoreException {
        try {
            return Optional.of(client.getObject(GetObjectArgs.builder()
                    .bucket(bucket.bucket())
                    .object(prefix + run + RESULTS)
                    .build()));
        } catch (ErrorResponseException e) {
            if (e.errorResponse().code().equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw new StoreException(e);
        } catch (MinioException e) {
            throw new StoreException(e);
        }
    }

    /** Nothing need be there. */
    void remove(String run) throws StoreException {
        for (String part : List.of(INPUTS, RESULTS)) {
            try {
                client.removeObject(RemoveObjectArgs.builder()
                        .bucket(bucket.bucket())
                        .object(prefix + run + part)
                        .build());
            } catch (MinioException e) {
                throw new StoreException(e);
            }
        }
    }

    /** The names of runs of which something is here that was written before that time. */
    List<String> olderThan(Instant time) throws StoreException {
        List<String> runs = new ArrayList<>();
        try {
            for (var found : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket.bucket())
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                var item = found.get();
                String name = item.objectName().substring(prefix.length());
                int slash = name.indexOf('/');
                if (slash > 0 && item.lastModified().toInstant().isBefore(time)) {
                    runs.add(name.substring(0, slash));
                }
            }
        } catch (MinioException e) {
            throw new StoreException(e);
        }
        return runs.stream().distinct().toList();
    }
}
