package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Files in the folder store. */
@GatewayTest
class ArtifactsTest {

    private static final long LIMIT = 10_000_000;

    @Autowired
    Artifacts artifacts;

    @Autowired
    OrphanSweeper sweeper;

    @Autowired
    StorageProperties properties;

    @Autowired
    TransactionTemplate transaction;

    private final String group = "test:" + UUID.randomUUID();

    @Test
    void aStoredFileIsFoundWithItsSumsAndReadsTheSameFromAnyOffset() throws Exception {
        byte[] content = random(1_500_000);
        var stored = store("result.bin", content);

        assertThat(stored.size()).isEqualTo(content.length);
        assertThat(stored.sha256()).isEqualTo(Sums.sha256(content));
        assertThat(stored.crc32()).isEqualTo(Sums.crc32(content));
        assertThat(artifacts.find(stored.id())).contains(stored);
        for (int offset : new int[] {0, 1, 524_287, 524_288, 524_289, 1_048_576, 1_499_999, 1_500_000}) {
            try (var in = artifacts.open(stored, offset)) {
                assertThat(in.readAllBytes())
                        .as("from %d", offset)
                        .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
            }
        }
    }

    @Test
    void theEmptyFileIsAFile() throws Exception {
        var stored = store("empty", new byte[0]);
        assertThat(stored.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        try (var in = artifacts.open(stored, 0)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void theFilesOfAGroupComeByNameThenByAge() throws Exception {
        var b = store("b.txt", text("b"));
        var firstA = store("a.txt", text("a"));
        var secondA = store("a.txt", text("again"));
        assertThat(artifacts.list(group)).containsExactly(firstA, secondA, b);
    }

    @Test
    void aFileOverItsLimitIsRefusedAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> artifacts.store(group, "big", "text/plain", in(new byte[1001]), 1000))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("1000");
        assertThat(artifacts.list(group)).isEmpty();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        InputStream broken = new SequenceInputStream(in(random(600_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> artifacts.store(group, "half", "text/plain", broken, LIMIT))
                .hasMessage("connection reset");
        assertThat(artifacts.list(group)).isEmpty();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void aNameThatADatabaseCannotTakeIsStillKept() throws Exception {
        var stored = store("a\u0000b\n\ud800c.txt", text("x"));
        assertThat(artifacts.find(stored.id()).orElseThrow().name()).isEqualTo("a_b__c.txt");
    }

    @Test
    void aByteThatChangedUnderneathIsAnErrorBeforeItIsHandedOut() throws Exception {
        byte[] content = random(1_200_000);
        var stored = store("result.bin", content);
        try (var channel = FileChannel.open(file(stored), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (content[600_000] + 1)}), 600_000);
        }
        try (var in = artifacts.open(stored, 0)) {
            assertThat(in.readNBytes(524_288)).isEqualTo(Arrays.copyOf(content, 524_288));
            assertThatThrownBy(in::read)
                    .isInstanceOf(DamagedContentException.class)
                    .hasMessageContaining("changed after it was stored");
        }
    }

    @Test
    void aTruncatedOrMissingFileIsAnErrorWhenItIsOpened() throws Exception {
        var truncated = store("one", random(1000));
        Files.write(file(truncated), new byte[999]);
        assertThatThrownBy(() -> artifacts.open(truncated, 0))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("from 1000 to 999");
        var missing = store("two", random(1000));
        Files.delete(file(missing));
        assertThatThrownBy(() -> artifacts.open(missing, 0))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aDeletedGroupIsGoneWithItsContent() throws Exception {
        var stored = store("a", text("a"));
        artifacts.deleteGroup(group);
        assertThat(artifacts.find(stored.id())).isEmpty();
        assertThat(file(stored)).doesNotExist();
    }

    @Test
    void aRolledBackDeletionKeepsTheContent() throws Exception {
        var stored = store("a", text("kept"));
        transaction.executeWithoutResult(status -> {
            artifacts.deleteGroup(group);
            status.setRollbackOnly();
        });
        try (var in = artifacts.open(artifacts.find(stored.id()).orElseThrow(), 0)) {
            assertThat(in.readAllBytes()).isEqualTo(text("kept"));
        }
    }

    @Test
    void contentThatNoRecordSpeaksOfIsSweptWhenItIsOldAndNothingElseIs() throws Exception {
        var kept = store("kept", text("kept"));
        var young = rolledBack("young");
        var old = rolledBack("old");
        Path half = properties
                .folder()
                .resolve("incoming")
                .resolve(UUID.randomUUID().toString());
        Files.write(half, text("half"));
        var longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        for (Path file : new Path[] {file(kept), file(old), half}) {
            Files.setLastModifiedTime(file, longAgo);
        }

        assertThat(sweeper.sweep(Instant.now().minus(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(file(old)).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(file(young)).exists();
        assertThat(file(kept)).exists();
    }

    private Artifact rolledBack(String name) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                return store(name, text(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Artifact store(String name, byte[] content) throws IOException {
        return artifacts.store(group, name, "application/octet-stream", in(content), LIMIT);
    }

    private Path file(Artifact artifact) {
        String id = artifact.id().toString();
        return properties.folder().resolve(id.substring(0, 2)).resolve(id);
    }

    private List<Path> incoming() throws IOException {
        try (var files = Files.list(properties.folder().resolve("incoming"))) {
            return files.toList();
        }
    }

    private static InputStream in(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
