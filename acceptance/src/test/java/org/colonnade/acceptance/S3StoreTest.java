package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.colonnade.storage.ArtifactId;
import org.colonnade.storage.DamagedContentException;
import org.colonnade.storage.TooLargeException;
import org.colonnade.storage.content.MeasuringStream;
import org.colonnade.storage.content.S3Store;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's content store against a server that speaks S3 and checks signatures. */
class S3StoreTest {

    @TempDir
    static Path folder;

    private static S3Proxy server;
    private static String endpoint;
    private static S3Store store;

    @BeforeAll
    static void start() throws Exception {
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
                .build();
        server.start();
        endpoint = "http://127.0.0.1:" + server.getPort();
        try (var client = MinioClient.builder()
                .endpoint(endpoint)
                .region("us-east-1")
                .credentials("key", "secret")
                .build()) {
            client.makeBucket(MakeBucketArgs.builder().bucket("files").build());
        }
        store = open("files", "secret");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void contentReadsTheSameFromAnyOffset() throws Exception {
        byte[] content = random(1_000_003);
        var id = write(content);
        for (int offset : new int[] {0, 1, 524_288, 1_000_002, 1_000_003}) {
            try (var in = store.read(id, offset, content.length)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, offset, content.length));
            }
        }
    }

    @Test
    void theEmptyFileIsAFile() throws Exception {
        try (var in = store.read(write(new byte[0]), 0, 0)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aFileOfSeveralPartsComesBackWhole() throws Exception {
        byte[] content = random(34 << 20);
        try (var in = store.read(write(content), 0, content.length)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void anUploadThatIsTooLargeOrBreaksOffLeavesNothing() throws Exception {
        int before = all().size();
        var tooLarge = new MeasuringStream(new ByteArrayInputStream(random(20 << 20)), 18 << 20);
        assertThatThrownBy(() -> store.write(ArtifactId.random(), tooLarge)).isInstanceOf(TooLargeException.class);
        var broken = new SequenceInputStream(new ByteArrayInputStream(random(1000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> store.write(ArtifactId.random(), broken)).hasMessage("connection reset");
        assertThat(all()).hasSize(before);
    }

    @Test
    void missingAndChangedContentIsSaid() throws Exception {
        assertThatThrownBy(() -> store.read(ArtifactId.random(), 0, 5))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("missing");
        var id = write(random(10));
        assertThatThrownBy(() -> store.read(id, 0, 11))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("from 11 to 10");
        assertThatThrownBy(() -> store.read(id, 15, 20)).isInstanceOf(DamagedContentException.class);
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingTwiceDoesNoHarm() throws Exception {
        var id = write(random(10));
        assertThat(all()).contains(id);
        store.delete(id);
        store.delete(id);
        assertThat(all()).doesNotContain(id);
    }

    @Test
    void onlyOldContentIsNamedToTheSweeper() throws Exception {
        write(random(10));
        List<ArtifactId> old = new ArrayList<>();
        store.visitOlderThan(Instant.now().minus(Duration.ofHours(1)), old::add);
        assertThat(old).isEmpty();
    }

    @Test
    void aWrongSecretOrBucketIsSaidAtTheDoor() {
        assertThatThrownBy(() -> open("files", "wrong"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("files");
        assertThatThrownBy(() -> open("nowhere", "secret"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere does not exist");
    }

    private static S3Store open(String bucket, String secret) throws IOException {
        return S3Store.open(endpoint, "us-east-1", bucket, "artifacts/", "key", secret);
    }

    private static ArtifactId write(byte[] content) throws IOException {
        var id = ArtifactId.random();
        store.write(id, new ByteArrayInputStream(content));
        return id;
    }

    private static List<ArtifactId> all() throws IOException {
        List<ArtifactId> ids = new ArrayList<>();
        store.visitOlderThan(Instant.now().plus(Duration.ofHours(1)), ids::add);
        return ids;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
