package org.colonnade.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.colonnade.storage.ArtifactId;
import org.colonnade.storage.StorageFullException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of one MiB that really fills up; needs the right to mount one. */
class FullDiskTest {

    @TempDir
    Path folder;

    @Test
    void aFullDiskIsSaidClearlyAndLosesNothingStoredBefore() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()), "cannot mount");
        try {
            var store = new FolderStore(folder, 0);
            var first = ArtifactId.random();
            byte[] small = new byte[300_000];
            store.write(first, new ByteArrayInputStream(small));

            var second = ArtifactId.random();
            // The first block of the second file still fits; the disk itself refuses the next one.
            assertThatThrownBy(() -> store.write(second, new ByteArrayInputStream(new byte[900_000])))
                    .isInstanceOf(StorageFullException.class)
                    .hasMessageContaining("full")
                    .hasRootCauseInstanceOf(IOException.class);

            try (var in = store.read(first, 0, small.length)) {
                assertThat(in.readAllBytes()).isEqualTo(small);
            }
            try (var left = Files.list(folder.resolve("incoming"))) {
                assertThat(left).isEmpty();
            }
            var third = ArtifactId.random();
            store.write(third, new ByteArrayInputStream(new byte[100_000]));
            assertThat(store.read(third, 0, 100_000)).hasSameContentAs(new ByteArrayInputStream(new byte[100_000]));
        } finally {
            run("umount", folder.toString());
        }
    }

    @Test
    void theRoomThatTheDatabaseNeedsIsLeftFree() throws Exception {
        var store = new FolderStore(folder, Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> store.write(ArtifactId.random(), new ByteArrayInputStream(new byte[1])))
                .isInstanceOf(StorageFullException.class);
        try (var left = Files.list(folder.resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
