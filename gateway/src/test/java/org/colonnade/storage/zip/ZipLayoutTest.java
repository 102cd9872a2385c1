package org.colonnade.storage.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives beyond the old format's limits, written as sparse files: only headers take room on the disk, the content is
 * holes. Readers that we did not write must find every entry.
 */
class ZipLayoutTest {

    private static final Instant TIME = Instant.parse("2026-05-04T03:02:01Z");
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void moreThanSixtyFiveThousandEntriesAreAllFound() throws Exception {
        var layout = new ZipLayout(IntStream.range(0, 70_000)
                .mapToObj(i -> new ZipLayout.Entry("f" + i, 0, 0, TIME))
                .toList());
        try (var zip = new ZipFile(write(layout).toFile())) {
            assertThat(zip.size()).isEqualTo(70_000);
            assertThat(zip.getEntry("f69999")).isNotNull();
        }
    }

    @Test
    void filesOfMoreThanFourGibAndFilesBehindThemAreFound() throws Exception {
        var layout = new ZipLayout(List.of(
                new ZipLayout.Entry("small", 10, 0, TIME),
                new ZipLayout.Entry("large", 5 * GIB, 0, TIME),
                new ZipLayout.Entry("at the limit", 0xFFFFFFFFL, 0, TIME),
                new ZipLayout.Entry("behind", 20, 0, TIME)));
        Path file = write(layout);
        assertThat(file).hasSize(layout.size());
        assertThat(layout.size()).isGreaterThan(9 * GIB);
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.getEntry("large").getSize()).isEqualTo(5 * GIB);
            assertThat(zip.getEntry("at the limit").getSize()).isEqualTo(0xFFFFFFFFL);
            assertThat(zip.getEntry("behind").getLastModifiedTime().toInstant()).isEqualTo(TIME);
            assertThat(zip.getInputStream(zip.getEntry("behind")).readAllBytes())
                    .isEqualTo(new byte[20]);
        }
        assertThat(python(file, "print([(e.filename, e.file_size, e.header_offset) for e in z.infolist()])"))
                .isEqualTo("[('small', 10, 0), ('large', %d, %d), ('at the limit', 4294967295, %d), ('behind', 20, %d)]"
                        .formatted(5 * GIB, layout.headerOffset(1), layout.headerOffset(2), layout.headerOffset(3)));
    }

    @Test
    void theEmptyArchiveIsAnArchive() throws Exception {
        try (var zip = new ZipFile(write(new ZipLayout(List.of())).toFile())) {
            assertThat(zip.size()).isZero();
        }
    }

    @Test
    void theOldFormatIsKeptWhereItSuffices() {
        // Header 30 + name 1 + time 9, content, record 46 + 1 + 9, end 22.
        var small = new ZipLayout(List.of(new ZipLayout.Entry("a", 100, 0, TIME)));
        assertThat(small.size()).isEqualTo(40 + 100 + 56 + 22);
        var many = new ArrayList<ZipLayout.Entry>(Collections.nCopies(65_534, new ZipLayout.Entry("a", 0, 0, TIME)));
        assertThat(new ZipLayout(many).end()).hasSize(22);
        many.add(many.getFirst());
        assertThat(new ZipLayout(many).end()).hasSize(22 + 56 + 20);
    }

    private Path write(ZipLayout layout) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (int i = 0; i < layout.count(); i++) {
                channel.write(ByteBuffer.wrap(layout.header(i)), layout.headerOffset(i));
                channel.write(ByteBuffer.wrap(layout.record(i)), layout.recordOffset(i));
            }
            channel.write(ByteBuffer.wrap(layout.end()), layout.recordOffset(layout.count()));
        }
        return file;
    }

    private static String python(Path zip, String code) throws Exception {
        var process = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n" + code,
                        zip.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
