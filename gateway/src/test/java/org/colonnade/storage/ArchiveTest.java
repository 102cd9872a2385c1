package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Zips of stored files, as other programs read them. */
@GatewayTest
class ArchiveTest {

    @Autowired
    Artifacts artifacts;

    @Autowired
    Downloads downloads;

    @Autowired
    StorageProperties properties;

    @TempDir
    Path folder;

    private final String group = "test:" + UUID.randomUUID();

    @Test
    void unzipPythonAndJarFindNothingWrongAndTheManifestHolds() throws Exception {
        store("a.txt", "first".getBytes(StandardCharsets.UTF_8));
        store("A.TXT", "second".getBytes(StandardCharsets.UTF_8));
        store("Grüße 氷.csv", random(700_000));
        store("../../evil\u202Etxt.exe", random(1000));
        store("empty", new byte[0]);
        Path zip = write(downloads.archiveOf("result.zip", artifacts.list(group)));

        assertThat(run(folder, "unzip", "-t", zip.toString())).contains("No errors detected");
        assertThat(run(
                        folder,
                        "python3",
                        "-c",
                        "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())",
                        zip.toString()))
                .isEqualTo("None");
        assertThat(run(
                                folder,
                                Path.of(System.getProperty("java.home"), "bin", "jar")
                                        .toString(),
                                "tf",
                                zip.toString())
                        .lines())
                .containsExactly(
                        "manifest-sha256.txt", ".._.._evil_txt.exe", "A.TXT", "Grüße 氷.csv", "a (2).txt", "empty");
        run(folder, "python3", "-m", "zipfile", "-e", zip.toString(), "out");
        assertThat(run(folder.resolve("out"), "sha256sum", "--strict", "-c", "manifest-sha256.txt")
                        .lines())
                .hasSize(5)
                .allMatch(line -> line.endsWith(": OK"));
    }

    @Test
    void foldersAndDocumentsHaveTheirPlace() throws Exception {
        var input = store("parameters", random(10));
        var summary =
                new ArchiveMember.Document(List.of("run 7", "summary.json"), "{}".getBytes(StandardCharsets.UTF_8));
        Path zip = write(downloads.archive(
                "run.zip", List.of(new ArchiveMember.Stored(List.of("run 7", "files", "parameters"), input), summary)));
        try (var file = new ZipFile(zip.toFile())) {
            assertThat(file.stream().map(entry -> entry.getName()))
                    .containsExactly("manifest-sha256.txt", "run 7/files/parameters", "run 7/summary.json");
            assertThat(file.getInputStream(file.getEntry("run 7/summary.json"))).hasContent("{}");
        }
    }

    @Test
    void theArchiveOfNothingIsAnArchive() throws Exception {
        assertThat(run(
                        folder,
                        "unzip",
                        "-t",
                        write(downloads.archiveOf("none.zip", List.of())).toString()))
                .contains("No errors detected");
    }

    @Test
    void everyPartEqualsThatPartOfTheWhole() throws Exception {
        for (int size : new int[] {0, 1, 300, 600_000, 524_288, 7}) {
            store("f" + size, random(size));
        }
        var archive = downloads.archiveOf("r.zip", artifacts.list(group));
        byte[] whole = bytes(archive, 0, archive.size());
        assertThat(whole).hasSize(Math.toIntExact(archive.size()));
        var random = new Random(42);
        for (int i = 0; i < 400; i++) {
            // Half of the cuts lie among the headers, which are few bytes beside the content.
            int from = i % 2 == 0 ? random.nextInt(whole.length) : whole.length - random.nextInt(900);
            int to = from + random.nextInt(whole.length - from + 1);
            assertThat(bytes(archive, from, to))
                    .as("from %d to %d", from, to)
                    .isEqualTo(Arrays.copyOfRange(whole, from, to));
        }
    }

    @Test
    void equalFilesGiveAnEqualTagAndOtherFilesAnother() throws Exception {
        store("a", random(10));
        var first = downloads.archiveOf("r.zip", artifacts.list(group));
        assertThat(downloads.archiveOf("r.zip", artifacts.list(group)).etag()).isEqualTo(first.etag());
        store("b", random(10));
        assertThat(downloads.archiveOf("r.zip", artifacts.list(group)).etag()).isNotEqualTo(first.etag());
    }

    @Test
    void aFileThatChangedUnderneathEndsTheArchiveBeforeItsFirstWrongByte() throws Exception {
        store("a", random(1000));
        var changed = store("b", random(2000));
        var archive = downloads.archiveOf("r.zip", artifacts.list(group));
        byte[] whole = bytes(archive, 0, archive.size());
        byte[] other = random(2000);
        other[1999]++;
        Files.write(file(changed), other);

        var out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> archive.writeTo(out, 0, archive.size()))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining(changed.id().toString());
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(whole, out.size()));
    }

    private Artifact store(String name, byte[] content) throws IOException {
        return artifacts.store(group, name, "application/octet-stream", new ByteArrayInputStream(content), 10_000_000);
    }

    private Path file(Artifact artifact) {
        String id = artifact.id().toString();
        return properties.folder().resolve(id.substring(0, 2)).resolve(id);
    }

    private Path write(Download archive) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (var out = Files.newOutputStream(file)) {
            archive.writeTo(out, 0, archive.size());
        }
        assertThat(file).hasSize(archive.size());
        return file;
    }

    private static byte[] bytes(Download archive, long from, long to) throws IOException {
        var out = new ByteArrayOutputStream();
        archive.writeTo(out, from, to);
        return out.toByteArray();
    }

    private static String run(Path folder, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
