package org.colonnade.storage.content;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.colonnade.storage.ArtifactId;
import org.colonnade.storage.DamagedContentException;
import org.colonnade.storage.StorageFullException;
import org.jspecify.annotations.Nullable;

/**
 * Content in an S3 bucket, one object per id. An object appears when its last part has arrived, never before, so there is
 * nothing half. Uploads go in parts of 16 MiB, each held in memory until it is sent; S3's 10,000 parts make 160 GB the
 * largest file.
 *
 * <p>Parts of uploads that a crash cut off are invisible; a lifecycle rule of the bucket (AbortIncompleteMultipartUpload)
 * removes them.
 */
public final class S3Store implements ContentStore {

    private static final long PART = 16L << 20;
    private static final long CONNECT_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long TRANSFER_MILLIS = Duration.ofSeconds(60).toMillis();
    private static final Set<String> FULL_CODES =
            Set.of("QuotaExceeded", "QuotaExceededException", "InsufficientStorage", "XMinioStorageFull");

    private final MinioClient client;
    private final String bucket;
    private final String prefix;

    private S3Store(MinioClient client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * @param prefix put before every id, e.g. {@code artifacts/}
     * @throws IOException if the bucket is not there or may not be used
     */
    public static S3Store open(
            String endpoint, String region, String bucket, String prefix, String accessKey, String secretKey)
            throws IOException {
        var http = Http.setTimeout(Http.newDefaultClient(), CONNECT_MILLIS, TRANSFER_MILLIS, TRANSFER_MILLIS);
        var client = MinioClient.builder()
                .endpoint(endpoint)
                .region(region)
                .credentials(accessKey, secretKey)
                .httpClient(http, true)
                .build();
        try {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                throw new IOException("The bucket " + bucket + " does not exist at " + endpoint);
            }
        } catch (MinioException e) {
            throw new IOException("The bucket " + bucket + " at " + endpoint + " cannot be used: " + e.getMessage(), e);
        }
        return new S3Store(client, bucket, prefix);
    }

    @Override
    public void write(ArtifactId id, InputStream content) throws IOException {
        var source = new Source(content);
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(key(id)).stream(source, -1L, PART)
                    .build());
        } catch (MinioException e) {
            // What the source had to say (too large, connection lost) is not the store's failure.
            throw source.failure != null ? source.failure : explained(e);
        }
        if (source.failure != null) {
            delete(id);
            throw source.failure;
        }
    }

    @Override
    public InputStream read(ArtifactId id, long offset, long size) throws IOException {
        // S3 has no empty range, so one byte before the end is asked for and passed over.
        long from = Math.max(0, Math.min(offset, size - 1));
        var request = GetObjectArgs.builder().bucket(bucket).object(key(id));
        GetObjectResponse response;
        try {
            response = client.getObject((from == 0 ? request : request.offset(from)).build());
        } catch (ErrorResponseException e) {
            throw switch (e.errorResponse().code()) {
                case "NoSuchKey" -> new DamagedContentException(id, "is missing");
                case "InvalidRange" ->
                    new DamagedContentException(id, "is shorter than the recorded " + size + " bytes");
                default -> explained(e);
            };
        } catch (MinioException e) {
            throw explained(e);
        }
        try {
            long actual = totalSize(response);
            if (actual != size) {
                throw new DamagedContentException(id, "changed its size from " + size + " to " + actual);
            }
            response.skipNBytes(offset - from);
            return response;
        } catch (IOException e) {
            response.close();
            throw e;
        }
    }

    private static long totalSize(GetObjectResponse response) throws IOException {
        String range = response.headers().get("Content-Range");
        String total =
                range == null ? response.headers().get("Content-Length") : range.substring(range.lastIndexOf('/') + 1);
        if (total == null || !total.matches("\\d{1,18}")) {
            throw new IOException("The object store did not say how long the object is");
        }
        return Long.parseLong(total);
    }

    @Override
    public void delete(ArtifactId id) throws IOException {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key(id)).build());
        } catch (MinioException e) {
            throw explained(e);
        }
    }

    @Override
    public void visitOlderThan(Instant time, Consumer<ArtifactId> visitor) throws IOException {
        var objects = client.listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build());
        try {
            for (var object : objects) {
                var item = object.get();
                ArtifactId id = id(item.objectName());
                if (id != null && item.lastModified().toInstant().isBefore(time)) {
                    visitor.accept(id);
                }
            }
        } catch (MinioException e) {
            throw explained(e);
        }
    }

    /** @return null for what is not ours */
    private @Nullable ArtifactId id(String key) {
        try {
            return ArtifactId.parse(key.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String key(ArtifactId id) {
        return prefix + id;
    }

    private static IOException explained(MinioException e) {
        if (e instanceof ErrorResponseException error
                && (FULL_CODES.contains(error.errorResponse().code())
                        || error.response().code() == 507)) {
            return new StorageFullException(e);
        }
        return new IOException("The object store failed: " + e.getMessage(), e);
    }

    /** Remembers why reading failed, because the client wraps it beyond recognition. */
    private static final class Source extends FilterInputStream {

        private @Nullable IOException failure;

        Source(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
